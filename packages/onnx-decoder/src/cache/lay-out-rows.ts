import type { CacheStore } from './cache-store';
import { CommonLengths } from './common-lengths';
import type { Family, RowOrigin } from './row-families';
import { type RowState, sharedLength } from './row-state';

/** Lays rows out anew, one group a family, as much in trunks as possible; trunks that can stay where they are do. */
export function layOutRows(
  state: RowState,
  origins: readonly RowOrigin[],
  { families, slots }: { readonly families: readonly Family[]; readonly slots: number },
): RowState {
  const { trunks, trunkLengths, kept } = chooseTrunks(state, origins, families);
  const places = { groups: families.length, slots };
  const tailLengths = families.flatMap(({ members }, group) =>
    members.map((row) => origins[row]!.length - trunkLengths[group]!),
  );
  const next: RowState = {
    lengths: origins.map(({ length }) => length),
    places: origins.map(() => -1),
    trunkLengths,
    trunks,
    tails: state.tails.sibling(places, Math.max(0, ...tailLengths)),
    common: new CommonLengths(places),
  };
  families.forEach(({ source, members }, group) => {
    const base = trunkLengths[group]!;
    const there = kept && source === group ? state.trunkLengths[group]! : 0;
    copyPositions(state, origins[members[0]!]!.place, [there, base], {
      store: trunks,
      place: group,
      base: 0,
    });
    members.forEach((row, slot) => {
      const place = group * slots + slot;
      const { place: from, length } = origins[row]!;
      copyPositions(state, from, [base, length], { store: next.tails, place, base });
      next.places[row] = place;
      for (const other of members.slice(0, slot))
        next.common.set(place, next.places[other]!, sharedLength(state, origins, [row, other]));
    });
  });
  return next;
}

/** The store for the trunks, and how long each will be: the present store if nobody else is hurt. */
function chooseTrunks(
  state: RowState,
  origins: readonly RowOrigin[],
  families: readonly Family[],
): { readonly trunks: CacheStore; readonly trunkLengths: number[]; readonly kept: boolean } {
  const { trunks } = state;
  const asMany = families.length === trunks.places.groups;
  const still = asMany && families.every(({ source }, group) => source === group);
  const trunkLengths = families.map(({ source, members }) => {
    const shared = source < 0 ? 0 : sharedLength(state, origins, members);
    // A fork reads these trunks: they stay as long as they are.
    return still && trunks.owners > 1 ? Math.min(shared, state.trunkLengths[source]!) : shared;
  });
  const needed = Math.max(0, ...trunkLengths);
  const fits = needed <= trunks.capacity && trunks.capacity <= 2 * needed + 256;
  const kept = asMany && fits && (still || trunks.owners === 1);
  const places = { groups: families.length, slots: 1 };
  return { trunks: kept ? trunks : trunks.sibling(places, needed), trunkLengths, kept };
}

/** Copies positions of a present row, wherever they lie, to where position `base` is the first. */
function copyPositions(
  { trunks, tails, trunkLengths }: RowState,
  place: number,
  [start, end]: readonly [start: number, end: number],
  target: { readonly store: CacheStore; readonly place: number; readonly base: number },
): void {
  if (end <= start) return;
  const group = Math.floor(place / tails.places.slots);
  const border = trunkLengths[group]!;
  const middle = Math.min(Math.max(start, border), end);
  const to = (position: number) => ({ place: target.place, position: position - target.base });
  target.store.copy(to(start), trunks, { place: group, position: start }, middle - start);
  target.store.copy(to(middle), tails, { place, position: middle - border }, end - middle);
}
