import { linkedAbort } from '../http/linked-abort';

/**
 * Works on all items, at most `width` at a time. The first failure stops the others through the signal they got;
 * it is thrown when all have ended.
 */
export async function inTurn<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, stop: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const stop = linkedAbort(signal);
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !stop.signal.aborted; item = queue.shift()) {
      await work(item, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) stop.abort(error);
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, items.length)) }, worker));
  stop.unlink();
  signal?.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
}
