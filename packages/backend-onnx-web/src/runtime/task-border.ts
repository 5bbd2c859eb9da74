/**
 * Waits until messages that have arrived were delivered: a run of the wasm runtime never gives the thread back by
 * itself, and an abort would be heard too late. A message to oneself comes back without the delays of timers.
 */
export function createTaskBorder(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
