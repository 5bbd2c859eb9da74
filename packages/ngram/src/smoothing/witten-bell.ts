import type { NgramCounts } from '../index/ngram-counts';
import { checkedOrder, rowFor } from './check-smoothing';
import {
  type ContextLevel,
  contextLevels,
  forEachContinuation,
  levelOf,
  usableContext,
} from './context-levels';
import { lazy } from './lazy';
import type { SmoothedModel } from './smoothed-model';

export interface WittenBellOptions {
  /** Default 5. */
  readonly order?: number;
}

/**
 * Interpolated Witten-Bell: the more different tokens followed a context, the more is left to shorter ones.
 *
 * p(w | h) = (c(h w) + T(h) p(w | h')) / (c(h ·) + T(h)), T(h) = how many different ids followed h, h' = h without its
 * first id; below the empty context 1 / V, V = size of the vocabulary; an unknown h gives p(w | h')
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Witten and Bell, "The Zero-Frequency Problem", 1991. Cost of a row: one addition an id of the vocabulary, one
 * logarithm for each continuation of each suffix.
 */
export function wittenBell(counts: NgramCounts, options: WittenBellOptions = {}): SmoothedModel {
  const order = checkedOrder('wittenBell', counts, options, []);
  const { vocabulary } = counts;
  const single = lazy(() => singleTokens(levelOf(counts, []), vocabulary.size));
  const added = lazy(() => new Float64Array(vocabulary.size));
  return {
    type: 'wittenBell',
    parameters: { order },
    vocabulary,
    order,
    leavesNothingOut: true,
    warnings: [],
    logProbability(context, id) {
      let probability = single().probabilities[id]!;
      for (const level of contextLevels(counts, usableContext(context, order), order).slice(1)) {
        const count = id === 0 ? level.list.ends : counts.count([...level.context, id]);
        probability = (count + level.distinct * probability) / (level.total + level.distinct);
      }
      return Math.log(probability);
    },
    logProbabilities(context, out) {
      const row = rowFor(out, vocabulary.size);
      const { probabilities, logarithms } = single();
      const sums = added();
      const levels = contextLevels(counts, usableContext(context, order), order).slice(1);
      let left = 1;
      for (const level of levels.reverse()) {
        const share = left / (level.total + level.distinct);
        forEachContinuation(level, (id, count) => {
          sums[id]! += count * share;
        });
        left = level.distinct * share;
      }
      const shift = Math.log(left);
      for (let id = 0; id < row.length; id++) row[id] = logarithms[id]! + shift;
      // The shortest context has the followers of all longer ones among its own.
      const widest = levels.at(-1);
      if (widest) {
        forEachContinuation(widest, (id) => {
          row[id] = Math.log(left * probabilities[id]! + sums[id]!);
          sums[id] = 0;
        });
      }
      return row;
    },
  };
}

function singleTokens(
  level: ContextLevel,
  size: number,
): { probabilities: Float64Array; logarithms: Float64Array } {
  const mass = level.total + level.distinct;
  const probabilities = new Float64Array(size).fill(level.distinct / size / mass);
  forEachContinuation(level, (id, count) => {
    probabilities[id]! += count / mass;
  });
  return { probabilities, logarithms: probabilities.map(Math.log) };
}
