import { type Encoding, invalidParameter } from '@nexttoken/model';
import { graphemes } from '../text/graphemes';

/** Tokens that belong to one part of a text, whole characters only. */
export interface Segment {
  /** Half-open range of the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Half-open range of the encoding's tokens; empty for text that no token stands for. */
  readonly tokens: readonly [start: number, end: number];
}

/**
 * Groups tokens for display: the segments cover the text without gap or overlap, and none begins or ends within a
 * character as people see it (a grapheme cluster: an emoji family, a letter with its accents). Tokens that hold
 * parts of one character share a segment; special tokens around a text have an empty one.
 *
 * @param encoding with offsets, of this text
 * @throws NextTokenError `invalid-parameter` when the encoding has no offsets, or they lie outside the text
 * Source: grapheme clusters of UAX #29, by `Intl.Segmenter`. Cost O(length).
 */
export function segments(text: string, encoding: Encoding): Segment[] {
  const { offsets } = encoding;
  if (offsets === undefined)
    throw invalidParameter('segments', 'encoding', 'no offsets', 'an encoding with offsets');
  const found: Segment[] = [];
  const borders = characterBorders(text);
  const push = (start: number, end: number, from: number, to: number) =>
    found.push({ start, end, text: text.slice(start, end), tokens: [from, to] });
  let reached = 0;
  for (let from = 0; from < offsets.length; ) {
    const [begin, stop] = offsets[from]!;
    if (begin < 0 || stop > text.length || begin > stop) {
      throw invalidParameter(
        'segments',
        'encoding',
        `[${begin}, ${stop}]`,
        `offsets within the text of ${text.length} units`,
      );
    }
    if (begin === stop) {
      push(reached, reached, from, from + 1);
      from += 1;
      continue;
    }
    const start = Math.max(reached, borders.before[begin]!);
    let end = Math.max(reached, borders.after[stop]!);
    let to = from + 1;
    // What begins within this segment belongs to it; it may stretch it further.
    while (to < offsets.length && touches(offsets[to]!, end)) {
      end = Math.max(end, borders.after[offsets[to]![1]]!);
      to += 1;
    }
    if (start > reached) push(reached, start, from, from);
    push(start, end, from, to);
    reached = end;
    from = to;
  }
  if (reached < text.length) push(reached, text.length, offsets.length, offsets.length);
  return found;
}

function touches([start, end]: readonly [number, number], reached: number): boolean {
  return start < reached && end > start;
}

/** The nearest borders between characters as people see them: `before[i] <= i <= after[i]`. */
function characterBorders(text: string): { before: Int32Array; after: Int32Array } {
  const before = Int32Array.from({ length: text.length + 1 }, (_, at) => at);
  const after = before.slice();
  if (/^[\x20-\x7e]*$/.test(text)) return { before, after };
  let start = 0;
  for (const character of graphemes(text)) {
    const end = start + character.length;
    before.fill(start, start, end);
    after.fill(end, start + 1, end);
    start = end;
  }
  return { before, after };
}
