/** What a row has read, newest first; rows that begin alike share their beginning. */
export interface TextLog {
  readonly length: number;
  /** Ids behind those of `previous`; of them the first `length − previous.length` count. */
  readonly ids: Int32Array;
  readonly previous: TextLog | undefined;
}

export const emptyLog: TextLog = { length: 0, ids: new Int32Array(), previous: undefined };

export function appended(log: TextLog, ids: ArrayLike<number>): TextLog {
  if (ids.length === 0) return log;
  return { length: log.length + ids.length, ids: Int32Array.from(ids), previous: log };
}

/** The first `length` ids. */
export function cutLog(log: TextLog, length: number): TextLog {
  let at = log;
  while (at.previous && at.previous.length >= length) at = at.previous;
  return length === at.length ? at : { ...at, length };
}

/** All ids, oldest first. */
export function readLog(log: TextLog): Int32Array {
  const all = new Int32Array(log.length);
  for (let at: TextLog | undefined = log; at; at = at.previous) {
    const start = at.previous?.length ?? 0;
    all.set(at.ids.subarray(0, at.length - start), start);
  }
  return all;
}
