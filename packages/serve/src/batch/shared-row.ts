/** One row of a batched session: a row of the batch's session once it holds something. */
export interface SharedRow {
  /** Positions in its cache. */
  length: number;
  /** Which row of the batch's session it is; -1: none yet, it is empty. */
  position: number;
}

/** A new, empty row. */
export const emptyRow = (): SharedRow => ({ length: 0, position: -1 });
