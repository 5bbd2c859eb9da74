import { checkOptionNames } from '@nexttoken/model';
import type { NgramCounts } from '../index/ngram-counts';
import { checkOrder } from '../suffix/sort-suffixes';
import { rowFor } from './check-smoothing';
import { usableContext } from './context-levels';
import type { SmoothedModel } from './smoothed-model';

export interface LongestSuffixOptions {
  /** The context may have `order - 1` ids; default: any number (∞-gram). */
  readonly order?: number;
  /** Whether sentences may end; default true. The naive program never ends one. */
  readonly ends?: boolean;
}

/**
 * No smoothing: the relative frequencies after the longest suffix of the context that was seen; all else has probability 0.
 *
 * p(w | h) = c(s w) / c(s ·), s = the longest suffix of h that something followed
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * The naive n-gram program's choice; unbounded: Liu et al., "Infini-gram", 2024.
 * Cost: that of finding the suffix and of listing what followed it.
 */
export function longestSuffix(counts: NgramCounts, options: LongestSuffixOptions = {}): SmoothedModel {
  checkOptionNames('longestSuffix', options, ['order', 'ends']);
  const { order = counts.order, ends = true } = options;
  checkOrder('longestSuffix', 'order', order);
  const seen = (context: ArrayLike<number>): number[] => {
    const usable = usableContext(context, order);
    return usable.slice(usable.length - counts.longestSuffix(usable, { order, ends }));
  };
  return {
    type: 'longestSuffix',
    parameters: { order, ends },
    vocabulary: counts.vocabulary,
    order,
    leavesNothingOut: false,
    warnings: [],
    logProbability(context, id) {
      const suffix = seen(context);
      const list = counts.continuations(suffix, 0);
      if (id === 0) return ends ? Math.log(list.ends / (list.total + list.ends)) : Number.NEGATIVE_INFINITY;
      return Math.log(counts.count([...suffix, id]) / (list.total + (ends ? list.ends : 0)));
    },
    logProbabilities(context, out) {
      const row = rowFor(out, counts.vocabulary.size).fill(Number.NEGATIVE_INFINITY);
      const list = counts.continuations(seen(context));
      const total = Math.log(list.total + (ends ? list.ends : 0));
      if (ends && list.ends > 0) row[0] = Math.log(list.ends) - total;
      for (let i = 0; i < list.tokens.length; i++) row[list.tokens[i]!] = Math.log(list.counts[i]!) - total;
      return row;
    },
  };
}
