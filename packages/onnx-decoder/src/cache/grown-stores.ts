import type { CacheStore } from './cache-store';
import { type RowState, tailLength } from './row-state';

/** The trunks in a store with room for one of `needed` positions: the same where nobody else reads it and it can grow. */
export function grownTrunks(
  { trunks, trunkLengths }: RowState,
  needed: number,
  expected: number,
): CacheStore {
  if (trunks.owners === 1 && trunks.grow?.(needed)) return trunks;
  const store = trunks.sibling(trunks.places, Math.max(needed, ...trunkLengths), expected);
  trunkLengths.forEach((length, place) => {
    store.copy({ place, position: 0 }, trunks, { place, position: 0 }, length);
  });
  return store;
}

/** The tails in a store with room for one of `needed` positions; what lay in places without a row is gone. */
export function grownTails(state: RowState, needed: number): CacheStore {
  const { tails, places, common } = state;
  if (tails.owners === 1 && tails.grow?.(needed)) return tails;
  const lengths = places.map((_, row) => tailLength(state, row));
  const store = tails.sibling(tails.places, Math.max(needed, ...lengths));
  places.forEach((place, row) => {
    store.copy({ place, position: 0 }, tails, { place, position: 0 }, lengths[row]!);
  });
  const used = new Set(places);
  const count = tails.places.groups * tails.places.slots;
  for (let place = 0; place < count; place++) if (!used.has(place)) common.cut(place, 0);
  return store;
}
