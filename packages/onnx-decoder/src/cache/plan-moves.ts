import type { Family, RowOrigin } from './row-families';
import type { RowState } from './row-state';

/** A tail to copy: all of `length` positions that `to` does not hold already. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/**
 * Continues rows within their groups: each place goes on as its first heir; a further one takes the place, among
 * those given up, that has most in common with its origin.
 */
export function planMoves(
  { tails, common }: RowState,
  origins: readonly RowOrigin[],
  families: readonly Family[],
): { readonly places: number[]; readonly moves: readonly Move[] } {
  const { slots } = tails.places;
  const places = origins.map(() => -1);
  const moves: Move[] = [];
  families.forEach(({ members }, group) => {
    const free = new Set(Array.from({ length: slots }, (_, slot) => group * slots + slot));
    for (const row of members) {
      const { place } = origins[row]!;
      if (free.delete(place)) places[row] = place;
    }
    for (const row of members) {
      if (places[row]! >= 0) continue;
      const { place: from, length } = origins[row]!;
      const to = [...free].reduce((a, b) => (common.get(from, b) > common.get(from, a) ? b : a));
      free.delete(to);
      places[row] = to;
      moves.push({ from, to, length });
    }
  });
  return { places, moves };
}
