/** What this thread holds open; every number is back at zero when everything was disposed. */
export interface LiveHandles {
  models: number;
  sessions: number;
  /** KV caches of sessions in this thread. */
  caches: number;
  /** Tensors in the memory of a device. */
  tensors: number;
}

const live: LiveHandles = { models: 0, sessions: 0, caches: 0, tensors: 0 };

export function countHandle(kind: keyof LiveHandles, change: 1 | -1): void {
  live[kind] += change;
}

/** A snapshot of the counts. */
export function liveHandles(): LiveHandles {
  return { ...live };
}
