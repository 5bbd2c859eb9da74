import { type AlignedText, unitsAt } from './aligned-text';
import { createRewriter, type Rewriter } from './rewriter';

/** Every character becomes `map(character)`, which stands for the same part of the original. Cost O(length). */
export function mapCharacters(source: AlignedText, map: (character: string) => string): AlignedText {
  const { text } = source;
  let rewriter: Rewriter | undefined;
  let kept = 0;
  for (let at = 0; at < text.length; ) {
    const units = unitsAt(text, at);
    const character = units === 1 ? text[at]! : text.slice(at, at + units);
    const mapped = map(character);
    if (mapped !== character) {
      rewriter ??= createRewriter(source);
      if (at > kept) rewriter.keep(kept, at);
      if (mapped !== '') rewriter.write(mapped, at);
      kept = at + units;
    }
    at += units;
  }
  if (rewriter === undefined) return source;
  if (kept < text.length) rewriter.keep(kept, text.length);
  return rewriter.finish();
}
