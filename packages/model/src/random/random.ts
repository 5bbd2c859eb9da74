/** Everything a random source is, as plain data: store it, and the run can be resumed. */
export interface RandomState {
  readonly algorithm: string;
  readonly key: readonly number[];
  readonly counter: readonly number[];
  /** Words of the present block already handed out. */
  readonly used: number;
}

/** A seeded source: the same seed gives the same numbers on every runtime. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** Uniform in [0, 2^32). */
  nextUint32(): number;
  /** An independent source, decided by this one's seed and `stream` alone, not by what was drawn. */
  fork(stream: number): Random;
  /** A copy of the state; changes with every draw. */
  readonly state: RandomState;
}
