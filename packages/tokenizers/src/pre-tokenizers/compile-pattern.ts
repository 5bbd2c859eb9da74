import { SplitPreTokenizer } from '@huggingface/tokenizers';

/**
 * A pattern in the notation of tokenizer.json (Oniguruma) as a regular expression of JavaScript, with the flag `u`.
 * The translation is that of `@huggingface/tokenizers`, told besides that the long s is an s in any case.
 *
 * @throws Error when the pattern has no translation
 */
export function compilePattern(pattern: string): RegExp {
  const config = {
    type: 'Split',
    pattern: { Regex: foldLongS(pattern) },
    behavior: 'Isolated',
    invert: true,
  };
  const { pattern: compiled } = new SplitPreTokenizer(config as never) as unknown as {
    pattern: RegExp | null;
  };
  if (compiled === null) throw new Error(`the pattern has no translation: ${pattern}`);
  return compiled;
}

/** Within `(?i:…)`, `s` also stands for the long s (U+017F), the one non-ASCII letter that folds to it. */
function foldLongS(pattern: string): string {
  return pattern.replace(/\(\?i:[^()]*\)/g, (group) => {
    let inClass = false;
    return group.replace(/\\.|[[\]s]/g, (found) => {
      if (found === '[') inClass = true;
      if (found === ']') inClass = false;
      return found === 's' ? (inClass ? 's\u017f' : '[s\u017f]') : found;
    });
  });
}
