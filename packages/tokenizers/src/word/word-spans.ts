import type { TokenOffset } from '@nexttoken/model';

/** Where the words of a text stand: what is between white space (Unicode's `White_Space`). */
export function wordSpans(text: string): TokenOffset[] {
  const spans: TokenOffset[] = [];
  const space = /\p{White_Space}+/gu;
  let start = 0;
  for (let found = space.exec(text); found !== null; found = space.exec(text)) {
    if (found.index > start) spans.push([start, found.index]);
    start = space.lastIndex;
  }
  if (start < text.length) spans.push([start, text.length]);
  return spans;
}
