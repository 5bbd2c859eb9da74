/** Sizes that never change while a model is open. */
export interface CacheShape {
  readonly layerCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
}

/** How many rows a store holds: places are numbered `group · slots + slot`. */
export interface CachePlaces {
  readonly groups: number;
  readonly slots: number;
}

/** Capacity grows in blocks: small ones while copying is dear compared with what is there. */
function capacityFor(needed: number): number {
  // A graph is never given an axis of size zero; a small first capacity keeps the first run cheap.
  if (needed === 0) return 8;
  const block = needed <= 192 ? 64 : 256;
  return Math.ceil(needed / block) * block;
}

/**
 * Keys and values of some rows, one Float32Array per layer and side, of shape
 * `[groups, keyValueHeads, slots, capacity, headSize]`, so that the graph can read them as they lie.
 * Several owners may share a store; who writes makes sure to be the only one.
 */
export class CacheStore {
  owners = 1;
  /** Keys of layer n at 2n, values at 2n + 1. */
  readonly sides: Float32Array[];

  constructor(
    readonly shape: CacheShape,
    readonly places: CachePlaces,
    needed: number,
    readonly capacity: number = capacityFor(needed),
  ) {
    const size = places.groups * this.groupSize;
    this.sides = Array.from({ length: 2 * shape.layerCount }, () => new Float32Array(size));
  }

  /** Floats of one group in one side. */
  get groupSize(): number {
    return this.shape.keyValueHeadCount * this.places.slots * this.capacity * this.shape.headSize;
  }

  get byteLength(): number {
    return this.sides.length * this.places.groups * this.groupSize * 4;
  }

  /** The same content in buffers of its own. */
  clone(): CacheStore {
    const copy = new CacheStore(this.shape, this.places, this.capacity, this.capacity);
    copy.sides.forEach((side, index) => {
      side.set(this.sides[index]!);
    });
    return copy;
  }

  /** Copies positions of a place of `from` to a place of this store. */
  copy(
    target: { readonly place: number; readonly position: number },
    from: CacheStore,
    source: { readonly place: number; readonly position: number },
    length: number,
  ): void {
    if (length <= 0) return;
    const { keyValueHeadCount, headSize } = this.shape;
    for (let head = 0; head < keyValueHeadCount; head++) {
      const start = from.#offset(source.place, head, source.position);
      const end = start + length * headSize;
      const to = this.#offset(target.place, head, target.position);
      for (let side = 0; side < this.sides.length; side++)
        this.sides[side]!.set(from.sides[side]!.subarray(start, end), to);
    }
  }

  /**
   * Writes new positions of one place behind `position`.
   * @param values of one side, of shape `[groups, keyValueHeads, slots, length, headSize]`
   * @param from the place in `values`, whose places may be other ones than the store's
   */
  write(
    side: number,
    target: { readonly place: number; readonly position: number },
    values: Float32Array,
    from: { readonly place: number; readonly slots: number; readonly length: number },
  ): void {
    const { keyValueHeadCount, headSize } = this.shape;
    const data = this.sides[side]!;
    const count = from.length * headSize;
    const group = Math.floor(from.place / from.slots);
    const slot = from.place % from.slots;
    for (let head = 0; head < keyValueHeadCount; head++) {
      const start = ((group * keyValueHeadCount + head) * from.slots + slot) * count;
      data.set(values.subarray(start, start + count), this.#offset(target.place, head, target.position));
    }
  }

  #offset(place: number, head: number, position: number): number {
    const { slots } = this.places;
    const group = Math.floor(place / slots);
    const row = (group * this.shape.keyValueHeadCount + head) * slots + (place % slots);
    return (row * this.capacity + position) * this.shape.headSize;
  }
}
