/** The shortest stretch that begins and ends at a border of all, with the tokens of each side. */
export interface AlignedStretch {
  readonly start: number;
  readonly end: number;
  /** Of each side a half-open range of tokens. */
  readonly tokens: readonly (readonly [from: number, to: number])[];
}

/**
 * Aligns several ways of cutting the same bytes.
 * @param sides of each where its tokens end, ascending; tokens without room of their own go with the one before
 * @param length of the whole, in bytes
 * @param isBorder whether a byte place may end a stretch (not within a character)
 */
export function alignPieces(
  sides: readonly (readonly number[])[],
  length: number,
  isBorder: (place: number) => boolean,
): AlignedStretch[] {
  const [first = [], ...others] = sides.map((ends) => new Set(ends));
  const common = [...first].filter(
    (end) => end > 0 && end < length && isBorder(end) && others.every((ends) => ends.has(end)),
  );
  const next = sides.map(() => 0);
  let start = 0;
  return [...common.sort((a, b) => a - b), ...(length > 0 ? [length] : [])].map((end) => {
    const tokens = sides.map((ends, side) => {
      const from = next[side]!;
      let to = from;
      while (to < ends.length && (ends[to]! <= end || end === length)) to++;
      next[side] = to;
      return [from, to] as const;
    });
    const stretch = { start, end, tokens };
    start = end;
    return stretch;
  });
}
