import { checkOptionNames, invalidParameter, NextTokenError, type Random } from '@nexttoken/model';
import type { Continuations, NgramCounts } from '../index/ngram-counts';

export interface PredictOptions {
  /** How many of the most frequent tokens may be chosen; an integer >= 1, default 5. */
  readonly topK?: number;
  /** Draws uniformly among them, whatever their counts; left out: the most frequent one is taken. */
  readonly random?: Random;
  /** The context may have `order - 1` ids; default: any number. */
  readonly order?: number;
}

export interface Prediction {
  readonly id: number;
  /** Ids of the context that were used: its longest known suffix. */
  readonly matched: number;
  /** All that followed it. */
  readonly list: Continuations;
  /** The ids that could be chosen. */
  readonly candidates: Int32Array;
}

export const predictOptionNames = ['topK', 'random', 'order'];

/**
 * The next token after the longest known suffix of a context: one of its `topK` most frequent followers.
 *
 * @throws NextTokenError `invalid-parameter` for `topK` or `order` below 1; `unsupported-option`
 */
export function predictNext(
  counts: NgramCounts,
  context: ArrayLike<number>,
  options: PredictOptions = {},
): Prediction {
  checkOptionNames('predictNext', options, predictOptionNames);
  const { topK = 5, random, order = counts.order } = options;
  if (!Number.isInteger(topK) || topK < 1)
    throw invalidParameter('predictNext', 'topK', topK, 'an integer >= 1');
  const matched = counts.longestSuffix(context, { order });
  const list = counts.continuations(Array.from(context).slice(context.length - matched));
  const candidates = list.tokens.subarray(0, topK);
  if (candidates.length === 0) throw new NextTokenError('no-candidates', 'predictNext: no token follows');
  const id = candidates[random ? Math.floor(random.next() * candidates.length) : 0]!;
  return { id, matched, list, candidates };
}
