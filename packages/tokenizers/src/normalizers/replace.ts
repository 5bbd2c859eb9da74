import { createRewriter } from '../text/rewriter';
import type { Normalizer } from './normalizer';

/** Replaces every match; what is put there stands for the last character of the match. */
export function replace(pattern: string | RegExp, content: string): Normalizer {
  const matcher = typeof pattern === 'string' ? undefined : new RegExp(pattern.source, 'gu');
  return {
    type: 'Replace',
    normalize(source) {
      const { text, tracked } = source;
      if (matcher === undefined && !text.includes(pattern as string)) return source;
      // A function, because `$` in a replacement string is no plain character.
      if (!tracked)
        return { ...source, text: text.replaceAll(matcher ?? (pattern as string), () => content) };
      const rewriter = createRewriter(source);
      let kept = 0;
      for (const [start, end] of matchesOf(text, matcher ?? (pattern as string))) {
        rewriter.keep(kept, start);
        rewriter.write(content, Math.max(0, end - 1));
        kept = end;
      }
      rewriter.keep(kept, text.length);
      return rewriter.finish();
    },
  };
}

function* matchesOf(text: string, pattern: string | RegExp): Generator<[number, number]> {
  if (typeof pattern !== 'string') {
    for (const match of text.matchAll(pattern)) yield [match.index, match.index + match[0].length];
    return;
  }
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + pattern.length)) {
    yield [at, at + pattern.length];
  }
}
