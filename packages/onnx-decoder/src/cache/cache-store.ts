/** Sizes that never change while a model is open. */
export interface CacheShape {
  readonly layerCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
}

const block = 256;

/**
 * Keys and values of some rows, one Float32Array per layer and side, head-major:
 * `[rows, keyValueHeads, capacity, headSize]`, so that the graph can read them as they lie. Capacity
 * grows in blocks. Several owners may share a store; who writes takes a copy first.
 */
export class CacheStore {
  owners = 1;
  readonly capacity: number;
  /** Keys of layer n at 2n, values at 2n + 1. */
  readonly sides: Float32Array[];

  constructor(
    readonly shape: CacheShape,
    readonly rowCount: number,
    needed: number,
  ) {
    // A graph is never given an axis of size zero; a small first capacity keeps the first run cheap.
    this.capacity = needed === 0 ? 8 : Math.ceil(needed / block) * block;
    const size = rowCount * shape.keyValueHeadCount * this.capacity * shape.headSize;
    this.sides = Array.from({ length: 2 * shape.layerCount }, () => new Float32Array(size));
  }

  /** Floats of one row in one side. */
  get rowSize(): number {
    return this.shape.keyValueHeadCount * this.capacity * this.shape.headSize;
  }

  get byteLength(): number {
    return this.sides.length * this.rowCount * this.rowSize * 4;
  }

  /** Copies the first `length` positions of a row of `from` into a row of this store. */
  copyRow(row: number, from: CacheStore, fromRow: number, length: number): void {
    const { keyValueHeadCount, headSize } = this.shape;
    const count = length * headSize;
    this.sides.forEach((side, index) => {
      const source = from.sides[index]!;
      for (let head = 0; head < keyValueHeadCount; head++) {
        const start = (fromRow * keyValueHeadCount + head) * from.capacity * headSize;
        const target = (row * keyValueHeadCount + head) * this.capacity * headSize;
        side.set(source.subarray(start, start + count), target);
      }
    });
  }

  /** Writes new positions of one row, `values` of shape `[keyValueHeads, length, headSize]`, behind `position`. */
  write(side: number, row: number, position: number, values: Float32Array, length: number): void {
    const { keyValueHeadCount, headSize } = this.shape;
    const target = this.sides[side]!;
    const count = length * headSize;
    for (let head = 0; head < keyValueHeadCount; head++) {
      const start = ((row * keyValueHeadCount + head) * this.capacity + position) * headSize;
      target.set(values.subarray(head * count, head * count + count), start);
    }
  }
}
