import type { AlignedText } from './aligned-text';
import { createRewriter } from './rewriter';

/** Puts a prefix in front, which stands for the first character; nothing in front of nothing. */
export function prependText(source: AlignedText, prefix: string): AlignedText {
  if (source.text === '') return source;
  const rewriter = createRewriter(source);
  rewriter.write(prefix, 0);
  rewriter.keep(0, source.text.length);
  return rewriter.finish();
}
