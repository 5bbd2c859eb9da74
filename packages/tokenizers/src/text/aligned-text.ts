/**
 * A text in the making, with the range of the original that each of its UTF-16 units stands for. Without `starts`
 * every character stands for itself, `base` units further on.
 */
export interface AlignedText {
  readonly text: string;
  readonly base: number;
  readonly starts?: Int32Array;
  readonly ends?: Int32Array;
  /** Without it nobody asks for ranges, and rewriting keeps none. */
  readonly tracked: boolean;
}

/** Where the original of the character that `unit` belongs to begins. */
export function startOf(aligned: AlignedText, unit: number): number {
  if (aligned.starts !== undefined) return aligned.starts[unit]!;
  return aligned.base + (isSecondHalf(aligned.text, unit) ? unit - 1 : unit);
}

/** Where the original of the character that `unit` belongs to ends. */
export function endOf(aligned: AlignedText, unit: number): number {
  if (aligned.ends !== undefined) return aligned.ends[unit]!;
  const first = isSecondHalf(aligned.text, unit) ? unit - 1 : unit;
  return aligned.base + first + unitsAt(aligned.text, first);
}

/** The original range of `[start, end)`; of nothing, nothing at its place. */
export function originalRange(aligned: AlignedText, start: number, end: number): [number, number] {
  if (start < end) return [startOf(aligned, start), endOf(aligned, end - 1)];
  const { length } = aligned.text;
  const at =
    start < length ? startOf(aligned, start) : length > 0 ? endOf(aligned, length - 1) : aligned.base;
  return [at, at];
}

export function sliceAligned(aligned: AlignedText, start: number, end: number): AlignedText {
  if (start === 0 && end === aligned.text.length) return aligned;
  const { tracked, starts, ends } = aligned;
  const text = aligned.text.slice(start, end);
  if (starts === undefined || ends === undefined) return { text, base: aligned.base + start, tracked };
  const base = originalRange(aligned, start, start)[0];
  return { text, base, starts: starts.subarray(start, end), ends: ends.subarray(start, end), tracked };
}

/** How many units the character at `at` has. */
export function unitsAt(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && at + 1 < text.length ? 2 : 1;
}

function isSecondHalf(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
