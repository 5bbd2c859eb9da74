/** A text that is being rewritten, with the place in the original where each unit comes from; -1 for put-in spaces. */
export interface RewrittenText {
  readonly text: string;
  readonly origins: Int32Array;
}

/** What becomes of a match: a group by its number, `' '` for a space that is put in, or a text in a group's place. */
type RewritePart = number | ' ' | { readonly text: string; readonly of: number };

/** Groups of `pattern` cover a match, which is never empty, without gaps; those that `parts` does not name fall away. */
export interface RewriteRule {
  readonly pattern: RegExp;
  readonly parts: readonly RewritePart[];
}

/** Every match from left to right; nothing is copied where nothing matches. Cost O(length). */
export function rewrite(given: RewrittenText, { pattern, parts }: RewriteRule): RewrittenText {
  pattern.lastIndex = 0;
  let match = pattern.exec(given.text);
  if (match === null) return given;
  const out: Output = { texts: [], origins: new Int32Array(2 * given.text.length + 16), length: 0 };
  let done = 0;
  for (; match !== null; match = pattern.exec(given.text)) {
    copy(out, given, done, match.index);
    for (const part of parts) write(out, given, match, part);
    done = match.index + match[0].length;
  }
  copy(out, given, done, given.text.length);
  return { text: out.texts.join(''), origins: out.origins.subarray(0, out.length) };
}

interface Output {
  readonly texts: string[];
  origins: Int32Array;
  length: number;
}

function write(out: Output, given: RewrittenText, match: RegExpExecArray, part: RewritePart): void {
  if (part === ' ') {
    reserve(out, 1);
    out.texts.push(part);
    out.origins[out.length++] = -1;
    return;
  }
  const group = typeof part === 'number' ? part : part.of;
  let from = match.index;
  for (let i = 1; i < group; i++) from += match[i]!.length;
  const to = from + match[group]!.length;
  if (typeof part === 'number') {
    copy(out, given, from, to);
    return;
  }
  reserve(out, part.text.length);
  out.texts.push(part.text);
  for (let i = 0; i < part.text.length; i++) {
    out.origins[out.length++] = given.origins[Math.min(from + i, to - 1)]!;
  }
}

function copy(out: Output, given: RewrittenText, from: number, to: number): void {
  if (from === to) return;
  reserve(out, to - from);
  out.texts.push(given.text.slice(from, to));
  for (let i = from; i < to; i++) out.origins[out.length++] = given.origins[i]!;
}

function reserve(out: Output, count: number): void {
  if (out.length + count <= out.origins.length) return;
  const longer = new Int32Array(2 * (out.length + count));
  longer.set(out.origins);
  out.origins = longer;
}

/** The same text with a space at both ends. */
export function withSpaces({ text, origins }: RewrittenText): RewrittenText {
  const all = new Int32Array(text.length + 2).fill(-1);
  all.set(origins, 1);
  return { text: ` ${text} `, origins: all };
}
