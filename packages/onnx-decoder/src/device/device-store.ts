import type { Tensor } from 'onnxruntime-common';
import {
  type CacheAddress,
  type CacheMemory,
  type CachePlaces,
  type CacheShape,
  type CacheStore,
  type CacheValues,
  capacityFor,
  storeShape,
} from '../cache/cache-store';
import type { Addresses, DeviceMemory } from './device-memory';
import type { SharedTensor } from './shared-tensor';

/** Where a store's or a run's tensors will be when the work behind them has its turn. */
interface Sides {
  sides: readonly SharedTensor[];
}

/** Positions to move that were asked for one after the other and go in one piece. */
interface Move {
  readonly target: DeviceStore;
  readonly source: Sides | CacheValues;
  readonly to: Addresses;
  readonly from: Addresses;
}

/** The last piece of work of each memory, while it can still be added to. */
const openMoves = new WeakMap<DeviceMemory, Move>();

/**
 * A store on the device. Its tensors are never written to: a change makes new ones, in its turn, so that clones and
 * new stores share what is equal. Moves asked for in a row read what was there before the first of them.
 */
class DeviceStore implements CacheStore {
  owners = 1;
  readonly inPlace = false;
  readonly divisible = false;
  /** Keys of layer n at 2n, values at 2n + 1; empty until its first turn. */
  sides: readonly SharedTensor[] = [];

  constructor(
    readonly memory: DeviceMemory,
    readonly shape: CacheShape,
    readonly places: CachePlaces,
    readonly capacity: number,
    from?: DeviceStore,
  ) {
    const { sides: count } = memory;
    this.#enqueue(async () => {
      if (from) this.sides = from.sides.map((side) => side.retain());
      else {
        const zeros = await memory.zeros(storeShape(this));
        this.sides = Array.from({ length: count }, (_, side) => (side === 0 ? zeros : zeros.retain()));
      }
    });
  }

  get buffers(): readonly SharedTensor[] {
    return this.sides;
  }

  sibling(places: CachePlaces, needed: number): DeviceStore {
    return new DeviceStore(this.memory, this.shape, places, capacityFor(needed));
  }

  clone(): DeviceStore {
    return new DeviceStore(this.memory, this.shape, this.places, this.capacity, this);
  }

  copy(target: CacheAddress, from: DeviceStore, source: CacheAddress, length: number): void {
    if (length <= 0) return;
    const move = this.#move(from);
    for (let head = 0; head < this.shape.keyValueHeadCount; head++)
      for (let i = 0; i < length; i++) {
        this.#push(move.to, target, head, i);
        from.#push(move.from, source, head, i);
      }
  }

  write(
    target: CacheAddress,
    values: CacheValues,
    from: { readonly place: number; readonly slots: number; readonly length: number },
  ): void {
    const move = this.#move(values);
    const group = Math.floor(from.place / from.slots);
    for (let head = 0; head < this.shape.keyValueHeadCount; head++)
      for (let i = 0; i < from.length; i++) {
        this.#push(move.to, target, head, i);
        move.from.values.push(group, head, 0, from.place % from.slots, i);
      }
  }

  tensor(side: number): Tensor {
    return this.sides[side]!.tensor;
  }

  release(): void {
    if (--this.owners > 0) return;
    this.#enqueue(() => {
      for (const side of this.sides) side.release();
      this.sides = [];
    });
  }

  #push({ values }: Addresses, { place, position }: CacheAddress, head: number, offset: number): void {
    const { slots } = this.places;
    values.push(Math.floor(place / slots), head, 0, place % slots, position + offset);
  }

  #move(source: DeviceStore | CacheValues): Move {
    const open = openMoves.get(this.memory);
    if (open && open.target === this && open.source === source) return open;
    const move: Move = {
      target: this,
      source,
      to: { rank: 5, values: [] },
      from: { rank: 5, values: [] },
    };
    this.#enqueue(async () => {
      if (openMoves.get(this.memory) === move) openMoves.delete(this.memory);
      const sources = 'sides' in source ? source.sides : (source as readonly SharedTensor[]);
      const before = this.sides;
      this.sides = await this.memory.move(before, sources, move);
      for (const side of before) side.release();
    });
    openMoves.set(this.memory, move);
    return move;
  }

  #enqueue(work: () => Promise<void> | void): void {
    openMoves.delete(this.memory);
    this.memory.enqueue(work);
  }
}

/** Caches in the device's memory. */
export function deviceCacheMemory(memory: DeviceMemory, shape: CacheShape): CacheMemory {
  return {
    shape,
    trunks: (groups) => new DeviceStore(memory, shape, { groups, slots: 1 }, capacityFor(0)),
    tails: (places) => new DeviceStore(memory, shape, places, capacityFor(0)),
  };
}
