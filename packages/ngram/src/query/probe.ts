import { checkOptionNames } from '@nexttoken/model';
import type { NgramCounts } from '../index/ngram-counts';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import { type Prediction, type PredictOptions, predictNext, predictOptionNames } from './predict-next';
import { pythonString } from './python-string';

export interface Probe extends Prediction {
  /** The prefixes that were looked up, the longest first; the last one was found, or nothing was. */
  readonly tried: readonly string[];
  readonly found: boolean;
  /** The chosen token. */
  readonly token: string;
}

/**
 * Predicts the next token and says which prefixes were tried on the way: all words, then without the first, and so
 * on until one is known.
 *
 * @param tokens the text so far; ones that the vocabulary lacks end the usable context
 * @throws NextTokenError as {@link predictNext}
 */
export function probe(counts: NgramCounts, tokens: readonly string[], options: PredictOptions = {}): Probe {
  checkOptionNames('probe', options, predictOptionNames);
  const { vocabulary } = counts;
  const prediction = predictNext(
    counts,
    tokens.map((token) => idOrUnknown(vocabulary, token)),
    options,
  );
  const { matched, id } = prediction;
  const found = matched > 0 || tokens.length === 0;
  const shortest = Math.max(1, matched);
  const tried = tokens.slice(0, tokens.length - shortest + 1).map((_, from) => tokens.slice(from).join(' '));
  return { ...prediction, tried: tokens.length === 0 ? [''] : tried, found, token: spelling(vocabulary, id) };
}

/**
 * A probe as the debug output of the naive program writes it: one line for each prefix, the whole list of what was found, and
 * its beginning. Lists are written as Python writes them.
 */
export function renderProbe({ tried, found, list, candidates }: Probe, vocabulary: NgramVocabulary): string {
  const entries = Array.from(
    list.tokens,
    (id, i) => `(${pythonString(spelling(vocabulary, id))}, ${list.counts[i]})`,
  );
  const prefix = tried.at(-1);
  return [
    ...tried.map((text) => `Probing prefix "${text}"`),
    ...(found ? [`Full token list for prefix "${prefix}": [${entries.join(', ')}]`] : []),
    `Top-k tokens for prefix "${prefix}": [${entries.slice(0, candidates.length).join(', ')}]`,
  ].join('\n');
}

function spelling(vocabulary: NgramVocabulary, id: number): string {
  return vocabulary.tokenOf(id) ?? `‹unused ${id}›`;
}
