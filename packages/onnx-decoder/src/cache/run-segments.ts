import type { CachePlaces } from './cache-store';

/** Some neighbouring groups that run together. */
export interface RunSegment extends CachePlaces {
  readonly firstGroup: number;
  /** Whether the tails are fed as they lie; otherwise those of the rows that run are gathered. */
  readonly direct: boolean;
  /** Which row of the run computes where: `at` counts places of this segment. */
  readonly rows: readonly { readonly index: number; readonly place: number; readonly at: number }[];
}

/** Positions that may be computed for nothing in a run, to spare gathering tails. */
const spare = 8;

/** The same where a part of the groups can only be read from a copy, trunks and all. */
const wholeSpare = 64;

/**
 * Cuts a run into segments of neighbouring groups, as the graph reads trunks where they lie. Rows of a group
 * that sit out are computed for nothing when that is cheap; otherwise the others' tails are gathered.
 *
 * @param places of the run's rows
 * @param length new positions of each row
 * @param divisible whether the graph can read some of the groups alone
 */
export function runSegments(
  places: readonly number[],
  { groups: count, slots }: CachePlaces,
  length: number,
  divisible = true,
): readonly RunSegment[] {
  if (!divisible && (count * slots - places.length) * length <= wholeSpare) {
    const rows = places.map((place, index) => ({ index, place, at: place }));
    return [{ firstGroup: 0, groups: count, slots, direct: true, rows }];
  }
  const members = new Map<number, { index: number; place: number }[]>();
  places.forEach((place, index) => {
    const group = Math.floor(place / slots);
    members.set(group, [...(members.get(group) ?? []), { index, place }]);
  });
  const segments: RunSegment[] = [];
  const running = [...members.keys()].sort((a, b) => a - b);
  for (let first = 0, end = 0; first < running.length; first = end) {
    do end++;
    while (end < running.length && running[end] === running[end - 1]! + 1);
    const groups = running.slice(first, end);
    const counts = groups.map((group) => members.get(group)!.length);
    const widest = Math.max(...counts);
    const missing = counts.reduce((sum, count) => sum + slots - count, 0);
    const direct = widest === slots || missing * length <= spare;
    const width = direct ? slots : widest;
    const rows = groups.flatMap((group, number) =>
      members.get(group)!.map(({ index, place }, slot) => ({
        index,
        place,
        at: number * width + (direct ? place % slots : slot),
      })),
    );
    rows.sort((a, b) => a.index - b.index);
    segments.push({ firstGroup: groups[0]!, groups: groups.length, slots: width, direct, rows });
  }
  return segments;
}
