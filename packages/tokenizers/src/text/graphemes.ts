const window = 1024;
let segmenter: Intl.Segmenter | undefined;

/**
 * The characters of a text as people see them (grapheme clusters of UAX #29, by `Intl.Segmenter`), one after the other.
 *
 * The text is handed to the platform in windows, because V8 takes superlinear time to walk through the segments of a
 * long one. A window starts at a border, and its last segment, which may stretch beyond it, starts the next. Cost O(length).
 */
export function* graphemes(text: string): Generator<string, void, undefined> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let size = window;
  for (let start = 0; start < text.length; ) {
    const end = wholePair(text, Math.min(text.length, start + size));
    const begun = start;
    let last: string | undefined;
    for (const { segment } of segmenter.segment(text.slice(start, end))) {
      if (last !== undefined) {
        yield last;
        start += last.length;
      }
      last = segment;
    }
    if (end === text.length) {
      if (last !== undefined) yield last;
      return;
    }
    // One character that fills the whole window: look further ahead.
    size = start === begun ? size * 2 : window;
  }
}

/** `end`, or one more where it would cut a surrogate pair in two. */
function wholePair(text: string, end: number): number {
  return end < text.length && text.codePointAt(end - 1)! > 0xffff ? end + 1 : end;
}
