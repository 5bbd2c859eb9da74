import { invalidParameter } from '@nexttoken/model';
import { parseGrammar } from '../ebnf/parse-grammar';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { GrammarOptions, GrammarProcessor } from './grammar-processor';

export interface EbnfOptions extends GrammarOptions {
  /** The rule that spells the whole output; default `root`. */
  readonly root?: string | undefined;
}

/**
 * Leaves only texts of a context-free grammar, in the notation that GBNF (llama.cpp) and XGrammar's EBNF share:
 * `name ::= "text" [a-z] . other (a | b) x* y+ z? w{2,3}`, comments behind `#`.
 *
 * Refused, each with its line: references to tokens (`<…>`), lookahead (`(=…)`), rules without a definition or with two.
 * Left recursion (`a ::= a "x"`) and grammars that no finite text fits are refused by the rule's name.
 *
 * Source: llama.cpp `grammars/README.md`; W3C XML, section 6 (notation).
 *
 * @throws NextTokenError `invalid-grammar`; details: reason, line or rule; `empty-grammar`, `grammar-too-large`,
 *   `grammar-stuck`, `invalid-parameter`, `unsupported-option`
 */
export function grammar(text: string, options: EbnfOptions): GrammarProcessor {
  checkGrammarOptions('grammar', options, ['root']);
  const { root = 'root' } = options;
  if (typeof text !== 'string') throw invalidParameter('grammar', 'text', text, 'a grammar as text');
  if (typeof root !== 'string') throw invalidParameter('grammar', 'root', root, "a rule's name");
  return createGrammarProcessor('grammar', { text, root }, parseGrammar(text, root), options);
}
