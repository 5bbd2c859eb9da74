import { slotsPerGroup } from './slots-per-group';

/** A row to be: the place it continues (-1: none) and how many positions of it. */
export interface RowOrigin {
  readonly place: number;
  readonly length: number;
}

/** Rows that will share one trunk. */
export interface Family {
  /** The present group that all of them come from; -1 for new, empty rows. */
  readonly source: number;
  /** Indices of rows. */
  readonly members: readonly number[];
}

/** Puts rows that come from one group together, and decides how many share a trunk. */
export function rowFamilies(
  origins: readonly RowOrigin[],
  slots: number,
  trunkLengths: readonly number[],
): { readonly families: readonly Family[]; readonly slots: number } {
  const bySource = new Map<number, number[]>();
  const alone: Family[] = [];
  origins.forEach(({ place }, row) => {
    const source = Math.floor(place / slots);
    const known = bySource.get(source);
    if (place < 0) alone.push({ source: -1, members: [row] });
    else if (known) known.push(row);
    else bySource.set(source, [row]);
  });
  const whole = [...[...bySource].map(([source, members]) => ({ source, members })), ...alone];
  const longest = Math.max(0, ...[...bySource.keys()].map((source) => trunkLengths[source]!));
  const width = slotsPerGroup(
    whole.map(({ members }) => members.length),
    longest,
  );
  const families = whole.flatMap(({ source, members }) =>
    Array.from({ length: Math.ceil(members.length / width) }, (_, part) => ({
      source,
      members: members.slice(part * width, (part + 1) * width),
    })),
  );
  families.sort((a, b) => a.members[0]! - b.members[0]!);
  return { families: inPlace(families, trunkLengths.length), slots: width };
}

/** With as many families as groups, each source's first family stays where its trunk lies. */
function inPlace(families: readonly Family[], groups: number): readonly Family[] {
  if (families.length !== groups) return families;
  const placed = new Array<Family | undefined>(groups).fill(undefined);
  const others: Family[] = [];
  for (const family of families)
    if (family.source >= 0 && !placed[family.source]) placed[family.source] = family;
    else others.push(family);
  return placed.map((family) => family ?? others.shift()!);
}
