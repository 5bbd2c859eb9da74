import type { Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from '../runtime';
import {
  type CacheAddress,
  type CacheMemory,
  type CachePlaces,
  type CacheShape,
  type CacheStore,
  type CacheValues,
  storeShape,
} from './cache-store';

/** Numbers from which on a copy by the engine is quicker than a loop: a view must be made for it. */
const longCopy = 512;

/**
 * By how much a store grows: room that is masked costs a step more than room that is used, but growing moves all that
 * is there. Multiples of the 16 lanes of a processor's registers, see `emptyCapacity`.
 */
function blockFor(needed: number): number {
  if (needed <= 256) return 16;
  return needed <= 512 ? 32 : 64;
}

/** Memory comes in larger steps than capacity: an array costs what is written to. */
const roomBlock = 64;

/**
 * Capacity of an empty store. A trunk's must not move what follows it to other lanes of a processor's registers (at most
 * 16), or an emptied session would sum in another order than a new one. Tails have none at all: rows that live
 * in their trunks alone, as most do, pay nothing for them.
 */
const emptyCapacity = { trunk: 16, tail: 0 } as const;

/**
 * A store in arrays of the caller's, one Float32Array per layer and side. Behind each lies memory for as many positions
 * again (or as are expected), which the system does not hand out before it is written to: within it the store grows by
 * moving what is there apart.
 */
export class HostStore implements CacheStore {
  owners = 1;
  readonly inPlace: boolean = true;
  readonly divisible = true;
  /** Keys of layer n at 2n, values at 2n + 1. */
  sides: readonly Float32Array<ArrayBuffer>[];
  capacity: number;
  /** Positions of a place that the arrays' memory has room for. */
  readonly #room: number;
  /** What the graph reads when it reads all groups; made again where the store has grown. */
  #whole: Tensor[] = [];

  constructor(
    readonly runtime: OnnxRuntime,
    readonly shape: CacheShape,
    readonly places: CachePlaces,
    needed: number,
    readonly part: 'trunk' | 'tail' = 'trunk',
    expected = needed,
  ) {
    this.capacity = this.#capacityFor(needed);
    this.#room = this.capacity === 0 ? 0 : 2 * roundUp(Math.max(needed, expected, 1), roomBlock);
    const size = places.groups * this.groupSize;
    const bytes =
      this.capacity === 0 ? 0 : (size / this.capacity) * this.#room * Float32Array.BYTES_PER_ELEMENT;
    this.sides = Array.from(
      { length: 2 * shape.layerCount },
      () => new Float32Array(new ArrayBuffer(bytes), 0, size),
    );
  }

  /** Floats of one group in one side. */
  get groupSize(): number {
    return this.shape.keyValueHeadCount * this.places.slots * this.capacity * this.shape.headSize;
  }

  get buffers(): readonly Float32Array[] {
    return this.sides;
  }

  sibling(places: CachePlaces, needed: number, expected?: number): HostStore {
    return new HostStore(this.runtime, this.shape, places, needed, this.part, expected);
  }

  clone(): HostStore {
    const copy = new HostStore(
      this.runtime,
      this.shape,
      this.places,
      this.capacity === emptyCapacity[this.part] ? 0 : this.capacity,
      this.part,
    );
    copy.sides.forEach((side, index) => {
      side.set(this.sides[index]!);
    });
    return copy;
  }

  grow(needed: number): boolean {
    const wanted = this.#capacityFor(needed);
    if (wanted > this.#room) return false;
    const { headSize, keyValueHeadCount } = this.shape;
    const [before, after] = [this.capacity * headSize, wanted * headSize];
    const rows = this.places.groups * keyValueHeadCount * this.places.slots;
    this.sides = this.sides.map(({ buffer }) => {
      const side = new Float32Array(buffer, 0, rows * after);
      // From the last row on, so that none is written over before it was moved.
      for (let row = rows - 1; row > 0; row--) side.copyWithin(row * after, row * before, (row + 1) * before);
      return side;
    });
    this.capacity = wanted;
    this.#whole = [];
    return true;
  }

  copy(target: CacheAddress, from: HostStore, source: CacheAddress, length: number): void {
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

  write(
    target: CacheAddress,
    values: CacheValues,
    from: { readonly place: number; readonly slots: number; readonly length: number },
  ): void {
    const { keyValueHeadCount, headSize } = this.shape;
    const count = from.length * headSize;
    const group = Math.floor(from.place / from.slots);
    const slot = from.place % from.slots;
    const joined = values instanceof Float32Array ? values : undefined;
    const sideSize = joined ? joined.length / this.sides.length : 0;
    for (let side = 0; side < this.sides.length; side++) {
      const data = this.sides[side]!;
      const added = joined ?? (values[side] as Float32Array);
      const first = side * sideSize;
      for (let head = 0; head < keyValueHeadCount; head++) {
        const start = first + ((group * keyValueHeadCount + head) * from.slots + slot) * count;
        const to = this.#offset(target.place, head, target.position);
        if (count < longCopy) for (let i = 0; i < count; i++) data[to + i] = added[start + i]!;
        else data.set(added.subarray(start, start + count), to);
      }
    }
  }

  tensor(side: number, firstGroup: number, groups: number): Tensor {
    if (groups === this.places.groups) {
      this.#whole[side] ??= this.#tensor(this.sides[side]!, groups);
      return this.#whole[side];
    }
    const { groupSize } = this;
    const data = this.sides[side]!.subarray(firstGroup * groupSize, (firstGroup + groups) * groupSize);
    return this.#tensor(data, groups);
  }

  release(): void {
    this.owners--;
  }

  #capacityFor(needed: number): number {
    return Math.max(emptyCapacity[this.part], roundUp(needed, blockFor(needed)));
  }

  #tensor(data: Float32Array, groups: number): Tensor {
    return new this.runtime.Tensor('float32', data, storeShape(this, groups));
  }

  #offset(place: number, head: number, position: number): number {
    const { slots } = this.places;
    const group = Math.floor(place / slots);
    const row = (group * this.shape.keyValueHeadCount + head) * slots + (place % slots);
    return (row * this.capacity + position) * this.shape.headSize;
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Caches in arrays of the caller's. */
export function hostMemory(runtime: OnnxRuntime, shape: CacheShape): CacheMemory {
  return {
    shape,
    trunks: (groups) => new HostStore(runtime, shape, { groups, slots: 1 }, 0, 'trunk'),
    tails: (places) => new HostStore(runtime, shape, places, 0, 'tail'),
  };
}
