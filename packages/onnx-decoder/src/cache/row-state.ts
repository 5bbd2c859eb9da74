import type { CacheStore } from './cache-store';
import type { CommonLengths } from './common-lengths';
import type { Family, RowOrigin } from './row-families';

/** Where rows lie: what the rows of a group share in a trunk, what each has alone in a tail. */
export interface RowState {
  /** Positions of each row. */
  lengths: number[];
  /** Where each row's tail lies: `group · slots + slot`. */
  places: number[];
  /** Positions of each group's trunk. */
  trunkLengths: number[];
  /** One place a group. */
  trunks: CacheStore;
  tails: CacheStore;
  common: CommonLengths;
}

export function groupOf({ places, tails }: RowState, row: number): number {
  return Math.floor(places[row]! / tails.places.slots);
}

/** Positions of a row's tail. */
export function tailLength(state: RowState, row: number): number {
  return state.lengths[row]! - state.trunkLengths[groupOf(state, row)]!;
}

/** Every row as it is: what a new layout of the same rows begins with. */
export function presentOrigins({ places, lengths }: RowState): RowOrigin[] {
  return places.map((place, row) => ({ place, length: lengths[row]! }));
}

/** The rows of every group. */
export function presentFamilies(state: RowState): Family[] {
  const members = Array.from({ length: state.tails.places.groups }, (): number[] => []);
  state.places.forEach((_, row) => {
    members[groupOf(state, row)]!.push(row);
  });
  return members.map((rows, source) => ({ source, members: rows }));
}

/** How many positions rows that come from one group have in common. */
export function sharedLength(
  { common }: RowState,
  origins: readonly RowOrigin[],
  members: readonly number[],
): number {
  const first = origins[members[0]!]!;
  return members.reduce((least, row) => {
    const { place, length } = origins[row]!;
    return Math.min(least, place === first.place ? length : common.get(first.place, place));
  }, first.length);
}
