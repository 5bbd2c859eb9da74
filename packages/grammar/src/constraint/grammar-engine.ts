import { NextTokenError, type Tokenizer } from '@nexttoken/model';
import { CharacterRuns } from '../automaton/character-runs';
import type { Configuration } from '../automaton/configuration';
import { Configurations } from '../automaton/configurations';
import { compilePushdown } from '../automaton/pushdown';
import { checkGrammar } from '../expression/check-grammar';
import { type Grammar, literal, optional, reference, sequence } from '../expression/expression';
import { TokenMasks } from '../vocabulary/token-masks';
import { type TokenMask, type Vocabulary, vocabularyOf } from '../vocabulary/vocabulary';
import type { GrammarState } from './grammar-state';

/** Tokenizers of words put a space before every token, the first one too. */
const leadingSpaceRule = '(space)';

function withLeadingSpace(grammar: Grammar): Grammar {
  const rules = new Map(grammar.rules);
  rules.set(leadingSpaceRule, sequence(optional(literal(' ')), reference(grammar.root)));
  return { root: leadingSpaceRule, rules };
}

/** A grammar over a vocabulary: states, masks and forced bytes. */
export class GrammarEngine {
  readonly vocabulary: Vocabulary;
  readonly configurations: Configurations;
  readonly start: GrammarState;
  readonly #masks: TokenMasks;

  constructor(
    readonly owner: string,
    grammar: Grammar,
    readonly tokenizer: Tokenizer,
    readonly endTokenIds: readonly number[],
  ) {
    this.vocabulary = vocabularyOf(tokenizer);
    const checked = checkGrammar(this.vocabulary.isSpaced ? withLeadingSpace(grammar) : grammar);
    if ('reason' in checked) throw refuse(owner, checked.reason, checked.rule);
    this.configurations = new Configurations(compilePushdown(checked));
    this.#masks = new TokenMasks(
      this.configurations,
      new CharacterRuns(this.configurations),
      this.vocabulary,
    );
    this.start = { configuration: this.configurations.start, ended: false };
    if (this.mask(this.start).count === 0 && !this.start.configuration.accepting)
      throw this.stuck(this.start);
  }

  /** The ordinary tokens that may follow. */
  mask({ configuration }: GrammarState): TokenMask {
    return this.#masks.maskOf(configuration);
  }

  /** The state behind a token. @throws NextTokenError `grammar-violated` */
  accept(state: GrammarState, id: number): GrammarState {
    if (this.endTokenIds.includes(id)) {
      if (state.ended) return state;
      if (state.configuration.accepting) return { configuration: state.configuration, ended: true };
      throw this.#violated(state, id);
    }
    const key = this.vocabulary.keyOf(id);
    if (state.ended || key === undefined) throw this.#violated(state, id);
    this.configurations.tidy();
    let configuration: Configuration | null = state.configuration;
    for (let index = 0; index < key.length && configuration; index++)
      configuration = this.follow(configuration, key.charCodeAt(index));
    if (!configuration) throw this.#violated(state, id);
    return { configuration, ended: false };
  }

  follow(configuration: Configuration, byte: number): Configuration | null {
    return this.configurations.follow(configuration, this.configurations.classOf[byte]!);
  }

  /** The bytes that have to follow, up to a limit. */
  forcedBytes(
    state: GrammarState,
    limit: number,
  ): { readonly bytes: readonly number[]; readonly behind: Configuration } {
    const bytes: number[] = [];
    let at = state.configuration;
    while (!state.ended && bytes.length < limit) {
      const next = this.#onlyStep(at);
      if (!next) break;
      bytes.push(next.byte);
      at = next.target;
    }
    return { bytes, behind: at };
  }

  #onlyStep(from: Configuration): { readonly byte: number; readonly target: Configuration } | undefined {
    if (from.accepting) return undefined;
    let only: { readonly byte: number; readonly target: Configuration } | undefined;
    for (const [index, { byte, size }] of this.configurations.classes.entries()) {
      const target = this.configurations.follow(from, index);
      if (!target) continue;
      if (only || size > 1) return undefined;
      only = { byte, target };
    }
    return only;
  }

  stuck({ configuration }: GrammarState): NextTokenError {
    const rules = this.configurations.rulesOf(configuration);
    const where = rules.map((path) => path.at(-1)).join(' or ') || 'the end';
    const message = `${this.owner}: no token of the vocabulary can go on in ${where}`;
    return new NextTokenError('grammar-stuck', message, { owner: this.owner, rules });
  }

  #violated({ configuration, ended }: GrammarState, id: number): NextTokenError {
    const token = this.tokenizer.tokenOf(id);
    const place = ended ? 'behind the end' : 'here';
    const message = `${this.owner}: the token ${id} (${JSON.stringify(token)}) is not allowed ${place}`;
    const rules = this.configurations.rulesOf(configuration);
    return new NextTokenError('grammar-violated', message, { id, token, owner: this.owner, rules });
  }
}

function refuse(owner: string, reason: 'endless' | 'left-recursion', rule: string): NextTokenError {
  const name = rule.replace(/\0.*/, '');
  if (reason === 'endless') {
    const message = `${owner}: no finite text fits ${name}`;
    return new NextTokenError('empty-grammar', message, { owner, rule: name, reason: 'no finite text fits' });
  }
  const message = `${owner}: the rule ${name} calls itself before it reads anything`;
  return new NextTokenError('invalid-grammar', message, { owner, rule: name, reason: 'left recursion' });
}
