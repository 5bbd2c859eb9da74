import { invalidParameter } from '@nexttoken/model';
import { sentenceBorder, unknownToken } from '../vocabulary/ngram-vocabulary';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import type { SmoothedModel } from './smoothed-model';

export interface PerplexityOptions {
  readonly signal?: AbortSignal;
  /** Called after each sentence with the tokens scored so far. */
  readonly onProgress?: (tokens: number) => void;
}

export interface PerplexityResult {
  readonly sentences: number;
  /** Tokens and one end for each sentence. */
  readonly tokens: number;
  /** Tokens that the vocabulary lacks. */
  readonly outOfVocabulary: number;
  /** Σ ln p over everything; -Infinity where something is impossible to the model. */
  readonly logProbability: number;
  /** exp(-Σ ln p / tokens). */
  readonly perplexity: number;
  /** The same without the unknown tokens themselves; they stay in the contexts. */
  readonly perplexityWithoutUnknown: number;
}

/** ln p of each token of a sentence and of its end, after `<s>`. */
export function sentenceLogProbabilities(model: SmoothedModel, tokens: readonly string[]): Float64Array {
  const ids = [
    sentenceBorder,
    ...tokens.map((token) => idOrUnknown(model.vocabulary, token)),
    sentenceBorder,
  ];
  return Float64Array.from({ length: ids.length - 1 }, (_, i) =>
    model.logProbability(ids.slice(0, i + 1), ids[i + 1]!),
  );
}

/**
 * How well a model predicts sentences, each after `<s>` and with its end.
 *
 * @throws NextTokenError `invalid-parameter` when there is no sentence
 *
 * Cost: one `logProbability` a token.
 */
export function perplexity(
  model: SmoothedModel,
  sentences: Iterable<readonly string[]>,
  options: PerplexityOptions = {},
): PerplexityResult {
  let [count, tokens, outOfVocabulary, all, known] = [0, 0, 0, 0, 0];
  for (const sentence of sentences) {
    options.signal?.throwIfAborted();
    const logs = sentenceLogProbabilities(model, sentence);
    for (const [i, log] of logs.entries()) {
      all += log;
      const unknown = i < sentence.length && idOrUnknown(model.vocabulary, sentence[i]!) === unknownToken;
      if (unknown) outOfVocabulary++;
      else known += log;
    }
    count++;
    tokens += logs.length;
    options.onProgress?.(tokens);
  }
  if (count === 0) throw invalidParameter('perplexity', 'sentences', 0, 'at least one sentence');
  return {
    sentences: count,
    tokens,
    outOfVocabulary,
    logProbability: all,
    perplexity: Math.exp(-all / tokens),
    perplexityWithoutUnknown: Math.exp(-known / (tokens - outOfVocabulary)),
  };
}
