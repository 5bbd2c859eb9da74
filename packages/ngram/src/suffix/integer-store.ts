/** Integers by place, wherever they lie: in memory or in a file. */
export interface IntegerStore {
  readonly length: number;
  /** @param place in [0, length) */
  get(place: number): number;
}

/** Integers in memory. */
export class MemoryStore implements IntegerStore {
  readonly length: number;

  constructor(readonly values: Int32Array) {
    this.length = values.length;
  }

  get(place: number): number {
    return this.values[place]!;
  }
}
