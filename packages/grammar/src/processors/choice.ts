import { invalidParameter } from '@nexttoken/model';
import { choice as alternatives, literal } from '../expression/expression';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { GrammarOptions, GrammarProcessor } from './grammar-processor';

/**
 * Leaves only some texts: the model says which of them.
 *
 * @param texts at least one
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `grammar-stuck`
 */
export function choice(texts: readonly string[], options: GrammarOptions): GrammarProcessor {
  checkGrammarOptions('choice', options);
  if (!Array.isArray(texts) || texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    throw invalidParameter('choice', 'texts', texts, 'a list of at least one text');
  }
  const name = texts.map((text) => JSON.stringify(text)).join(' | ');
  const grammar = { root: name, rules: new Map([[name, alternatives(...texts.map(literal))]]) };
  return createGrammarProcessor('choice', { texts: [...texts] }, grammar, options);
}
