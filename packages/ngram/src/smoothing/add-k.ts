import { invalidParameter } from '@nexttoken/model';
import type { NgramCounts } from '../index/ngram-counts';
import { checkedOrder, rowFor } from './check-smoothing';
import { forEachContinuation, levelOf, usableContext } from './context-levels';
import type { SmoothedModel } from './smoothed-model';

export interface AddKOptions {
  /** Default 5. */
  readonly order?: number;
  /** Added to every count; a number > 0, default 1 (Laplace). */
  readonly k?: number;
}

/**
 * Additive smoothing.
 *
 * p(w | h) = (c(h w) + k) / (c(h ·) + k V), V = size of the vocabulary; an unknown h gives 1 / V
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Lidstone, 1920; k = 1: Laplace. Cost of a row: one store an id, one logarithm a continuation.
 */
export function addK(counts: NgramCounts, options: AddKOptions = {}): SmoothedModel {
  const order = checkedOrder('addK', counts, options, ['k']);
  const { k = 1 } = options;
  if (!(k > 0 && Number.isFinite(k))) throw invalidParameter('addK', 'k', k, 'a number > 0');
  const { vocabulary } = counts;
  return {
    type: 'addK',
    parameters: { order, k },
    vocabulary,
    order,
    leavesNothingOut: true,
    warnings: [],
    logProbability(context, id) {
      const usable = usableContext(context, order);
      const { total } = levelOf(counts, usable);
      return Math.log((counts.count([...usable, id]) + k) / (total + k * vocabulary.size));
    },
    logProbabilities(context, out) {
      const level = levelOf(counts, usableContext(context, order));
      const mass = level.total + k * vocabulary.size;
      const row = rowFor(out, vocabulary.size).fill(Math.log(k / mass));
      forEachContinuation(level, (id, count) => {
        row[id] = Math.log((count + k) / mass);
      });
      return row;
    },
  };
}
