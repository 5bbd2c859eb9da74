import type { CachePlaces } from './cache-store';

/**
 * For every two places of a group: how many positions from the beginning hold the same keys and values,
 * because one was copied from the other or both from a third. What differs is all that a copy has to move.
 */
export class CommonLengths {
  readonly #table: Uint32Array;

  constructor(
    readonly places: CachePlaces,
    table?: Uint32Array,
  ) {
    this.#table = table ?? new Uint32Array(places.groups * places.slots ** 2);
  }

  /** Of two places of one group. */
  get(a: number, b: number): number {
    return this.#table[a * this.places.slots + (b % this.places.slots)]!;
  }

  set(a: number, b: number, length: number): void {
    const { slots } = this.places;
    this.#table[a * slots + (b % slots)] = length;
    this.#table[b * slots + (a % slots)] = length;
  }

  /** A place now holds the first `length` positions of another one. */
  copied(place: number, from: number, length: number): void {
    for (const other of this.#group(place))
      if (other !== place && other !== from) this.set(place, other, Math.min(this.get(from, other), length));
    this.set(place, from, length);
  }

  /** What lies in a place behind `length` is no longer what the others have. */
  cut(place: number, length: number): void {
    for (const other of this.#group(place))
      if (other !== place) this.set(place, other, Math.min(this.get(place, other), length));
  }

  clone(): CommonLengths {
    return new CommonLengths(this.places, this.#table.slice());
  }

  /** All places of the group in which a place lies. */
  *#group(place: number): Generator<number> {
    const { slots } = this.places;
    const first = place - (place % slots);
    for (let slot = 0; slot < slots; slot++) yield first + slot;
  }
}
