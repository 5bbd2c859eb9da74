import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { createConstraint } from '../constraint/create-constraint';
import { GrammarEngine } from '../constraint/grammar-engine';
import type { GrammarState } from '../constraint/grammar-state';
import type { Grammar } from '../expression/expression';
import type { GrammarOptions, GrammarProcessor } from './grammar-processor';

const nothingLeft = Number.NEGATIVE_INFINITY;

/** The ids that end a text, checked. */
function resolveEnds(owner: string, { tokenizer, endTokenIds }: GrammarOptions): readonly number[] {
  const { eos } = tokenizer.specialTokens;
  const ends = endTokenIds ?? (eos === undefined ? [] : [eos]);
  if (!Array.isArray(ends) || !ends.every((id) => Number.isInteger(id) && id >= 0)) {
    throw invalidParameter(owner, 'endTokenIds', endTokenIds, 'a list of ids');
  }
  return [...new Set(ends as readonly number[])];
}

/** Checks the options of a factory. @throws NextTokenError `unsupported-option`, `invalid-parameter` */
export function checkGrammarOptions(
  owner: string,
  options: GrammarOptions,
  others: readonly string[] = [],
): void {
  checkOptionNames(owner, options, ['tokenizer', 'endTokenIds', ...others]);
  if (typeof options.tokenizer?.bytesOf !== 'function') {
    throw invalidParameter(owner, 'tokenizer', options.tokenizer, 'a tokenizer');
  }
}

function removeAllBut(scores: Float32Array, bits: Int32Array | undefined): void {
  if (!bits) {
    scores.fill(nothingLeft);
    return;
  }
  for (let word = 0; word < bits.length; word++) {
    const mask = bits[word]!;
    if (mask === -1) continue;
    const begin = word * 32;
    const end = Math.min(begin + 32, scores.length);
    if (mask === 0) {
      scores.fill(nothingLeft, begin, end);
      continue;
    }
    for (let id = begin; id < end; id++) if (!((mask >>> (id - begin)) & 1)) scores[id] = nothingLeft;
  }
  // Ids beyond the tokenizer's spell nothing.
  if (bits.length * 32 < scores.length) scores.fill(nothingLeft, bits.length * 32);
}

/** Makes the processor of a grammar; `type` and `parameters` are the factory's. */
export function createGrammarProcessor(
  type: string,
  parameters: GrammarProcessor['parameters'],
  grammar: Grammar,
  options: GrammarOptions,
): GrammarProcessor {
  const ends = resolveEnds(type, options);
  const engine = new GrammarEngine(type, grammar, options.tokenizer, ends);
  return {
    kind: 'processor',
    type,
    parameters,
    constraint: createConstraint(engine),
    initialState: () => engine.start,
    accept: (state, id) => engine.accept(state, id),
    process(scores, _context, state: GrammarState) {
      const mask = state.ended ? undefined : engine.mask(state);
      const kept = state.configuration.accepting ? ends.map((id) => scores[id]) : [];
      if ((mask?.count ?? 0) === 0 && kept.length === 0) throw engine.stuck(state);
      removeAllBut(scores, mask?.bits);
      // An end token ends, whatever it spells.
      for (const id of ends) if (id < scores.length) scores[id] = nothingLeft;
      for (const [index, score] of kept.entries()) if (score !== undefined) scores[ends[index]!] = score;
    },
  };
}
