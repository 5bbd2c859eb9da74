import { invalidParameter } from '@nexttoken/model';

import type { NgramCounts } from '../index/ngram-counts';
import { checkedOrder, rowFor } from './check-smoothing';
import { contextLevels, forEachContinuation, levelOf, usableContext } from './context-levels';
import { lazy } from './lazy';
import type { SmoothedModel } from './smoothed-model';

export interface StupidBackoffOptions {
  /** Default 5. */
  readonly order?: number;
  /** What each shortening of the context costs; a number in (0, 1], default 0.4. */
  readonly factor?: number;
}

/**
 * Relative frequencies of the longest n-gram that was seen, times a factor for each word of the context left out. The scores
 * do not sum to 1; a softmax over the row makes them.
 *
 * S(w | h) = c(h w) / c(h ·) where c(h w) > 0, else factor · S(w | h without its first id)
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Brants et al., "Large Language Models in Machine Translation", 2007. Cost of a row: one addition an id of the
 * vocabulary, one logarithm for each continuation of each suffix.
 */
export function stupidBackoff(counts: NgramCounts, options: StupidBackoffOptions = {}): SmoothedModel {
  const order = checkedOrder('stupidBackoff', counts, options, ['factor']);
  const { factor = 0.4 } = options;
  if (!(factor > 0 && factor <= 1))
    throw invalidParameter('stupidBackoff', 'factor', factor, 'a number in (0, 1]');
  const penalty = Math.log(factor);
  const { vocabulary } = counts;
  const single = lazy(() => {
    const row = new Float64Array(vocabulary.size).fill(Number.NEGATIVE_INFINITY);
    const level = levelOf(counts, []);
    forEachContinuation(level, (id, count) => {
      row[id] = Math.log(count / level.total);
    });
    return row;
  });
  return {
    type: 'stupidBackoff',
    parameters: { order, factor },
    vocabulary,
    order,
    leavesNothingOut: false,
    warnings: [],
    logProbability(context, id) {
      const usable = usableContext(context, order);
      for (let length = usable.length; length >= 0; length--) {
        const suffix = usable.slice(usable.length - length);
        const count = counts.count([...suffix, id]);
        if (count > 0)
          return Math.log(count / levelOf(counts, suffix).total) + (usable.length - length) * penalty;
      }
      return Number.NEGATIVE_INFINITY;
    },
    logProbabilities(context, out) {
      const row = rowFor(out, vocabulary.size);
      const usable = usableContext(context, order);
      const base = single();
      const shift = usable.length * penalty;
      for (let id = 0; id < row.length; id++) row[id] = base[id]! + shift;
      for (const [length, level] of contextLevels(counts, usable, order).entries()) {
        if (length === 0) continue;
        const cost = (usable.length - length) * penalty;
        forEachContinuation(level, (id, count) => {
          row[id] = Math.log(count / level.total) + cost;
        });
      }
      return row;
    },
  };
}
