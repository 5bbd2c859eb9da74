/** Gives way to other work now and then, and sees whether to stop. */
export interface Pause {
  /** Whether enough time went by; asks the clock only every 256th call. */
  readonly due: () => boolean;
  /** Lets the event loop run. @throws the signal's reason */
  readonly take: () => Promise<void>;
}

const interval = 40;

/** @param signal looked at before the first pause and in every one */
export function createPause(signal: AbortSignal | undefined): Pause {
  signal?.throwIfAborted();
  let last = performance.now();
  let calls = 0;
  return {
    due: () => (++calls & 0xff) === 0 && performance.now() - last > interval,
    async take() {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      last = performance.now();
    },
  };
}
