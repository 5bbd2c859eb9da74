import type { Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from '../runtime';
import {
  type CacheAddress,
  type CacheMemory,
  type CachePlaces,
  type CacheShape,
  type CacheStore,
  type CacheValues,
  capacityFor,
  storeShape,
} from './cache-store';

/** A store in arrays of the caller's, one Float32Array per layer and side. */
export class HostStore implements CacheStore {
  owners = 1;
  readonly inPlace: boolean = true;
  readonly divisible = true;
  /** Keys of layer n at 2n, values at 2n + 1. */
  readonly sides: Float32Array[];

  constructor(
    readonly runtime: OnnxRuntime,
    readonly kind: 'trunks' | 'tails',
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

  get buffers(): readonly Float32Array[] {
    return this.sides;
  }

  sibling(places: CachePlaces, needed: number): HostStore {
    return new HostStore(this.runtime, this.kind, this.shape, places, needed);
  }

  clone(): HostStore {
    const copy = new HostStore(
      this.runtime,
      this.kind,
      this.shape,
      this.places,
      this.capacity,
      this.capacity,
    );
    copy.sides.forEach((side, index) => {
      side.set(this.sides[index]!);
    });
    return copy;
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
    for (let side = 0; side < this.sides.length; side++) {
      const data = this.sides[side]!;
      const added = values[side] as Float32Array;
      for (let head = 0; head < keyValueHeadCount; head++) {
        const start = ((group * keyValueHeadCount + head) * from.slots + slot) * count;
        data.set(added.subarray(start, start + count), this.#offset(target.place, head, target.position));
      }
    }
  }

  tensor(side: number, firstGroup: number, groups: number): Tensor {
    const { groupSize } = this;
    const data = this.sides[side]!.subarray(firstGroup * groupSize, (firstGroup + groups) * groupSize);
    return new this.runtime.Tensor('float32', data, storeShape(this, this.kind, groups));
  }

  release(): void {
    this.owners--;
  }

  #offset(place: number, head: number, position: number): number {
    const { slots } = this.places;
    const group = Math.floor(place / slots);
    const row = (group * this.shape.keyValueHeadCount + head) * slots + (place % slots);
    return (row * this.capacity + position) * this.shape.headSize;
  }
}

/** Caches in arrays of the caller's. */
export function hostMemory(runtime: OnnxRuntime, shape: CacheShape): CacheMemory {
  return {
    shape,
    trunks: (groups) => new HostStore(runtime, 'trunks', shape, { groups, slots: 1 }, 0),
    tails: (places) => new HostStore(runtime, 'tails', shape, places, 0),
  };
}
