import type { Tensor } from 'onnxruntime-common';
import type { SharedTensor } from '../device/shared-tensor';

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

/** A position of a place. */
export interface CacheAddress {
  readonly place: number;
  readonly position: number;
}

/**
 * New keys and values as the graph returned them, keys and values by turns: numbers on the host, in an array a side or all
 * of them in one, tensors on the device.
 */
export type CacheValues = Float32Array | readonly Float32Array[] | readonly SharedTensor[];

/**
 * Keys and values of some rows: per layer and side a tensor of shape
 * `[groups, keyValueHeads, 1, slots, capacity, headSize]`, so that the graph can read them as they lie. The third axis
 * is that of the queries which share a key.
 * Several owners may share a store; who writes makes sure to be the only one.
 */
export interface CacheStore {
  /** How many share it; `release` takes one away. */
  owners: number;
  readonly shape: CacheShape;
  readonly places: CachePlaces;
  readonly capacity: number;
  /** Whether a write touches nothing but the positions written; if not, it takes a pass over the store. */
  readonly inPlace: boolean;
  /** The memory that it holds; other stores may hold the same. */
  readonly buffers: readonly { readonly byteLength: number }[];
  /**
   * An empty store of the same kind, with room for `needed` positions a place.
   * @param expected how many it will soon hold, for stores that can make room for growing
   */
  sibling(places: CachePlaces, needed: number, expected?: number): CacheStore;
  /** Makes room for `needed` positions a place where that is cheaper than a new store. @returns whether it did */
  grow?(needed: number): boolean;
  /** The same content, to be written to apart. */
  clone(): CacheStore;
  /** Copies positions of a place of `from` to a place of this store. */
  copy(target: CacheAddress, from: CacheStore, source: CacheAddress, length: number): void;
  /**
   * Writes new positions of one place behind `target`.
   * @param values of all sides, of shape `[groups, keyValueHeads, slots, length, headSize]` each
   * @param from the place in `values`, whose places may be other ones than the store's
   */
  write(
    target: CacheAddress,
    values: CacheValues,
    from: { readonly place: number; readonly slots: number; readonly length: number },
  ): void;
  /** What the graph reads of one side: the groups from `firstGroup` on. Called when the run begins. */
  tensor(side: number, firstGroup: number, groups: number): Tensor;
  /** Whether {@link tensor} can give some of the groups alone. */
  readonly divisible: boolean;
  release(): void;
}

/** What a cache is made in. */
export interface CacheMemory {
  readonly shape: CacheShape;
  /** A store with one place a group. */
  trunks(groups: number): CacheStore;
  tails(places: CachePlaces): CacheStore;
}

/** Capacity that grows by copying to another store: in small blocks first, and then in large ones. */
export function capacityFor(needed: number): number {
  // A graph is never given an axis of size zero; a small first capacity keeps the first run cheap.
  if (needed === 0) return 8;
  const block = needed <= 192 ? 64 : 256;
  return Math.ceil(needed / block) * block;
}

/** The shape of a store's tensors for `groups` of its groups. */
export function storeShape(
  { shape, places, capacity }: Pick<CacheStore, 'shape' | 'places' | 'capacity'>,
  groups = places.groups,
): number[] {
  const { keyValueHeadCount, headSize } = shape;
  return [groups, keyValueHeadCount, 1, places.slots, capacity, headSize];
}
