import type { LogitsProcessor } from '@nexttoken/model';
import { kthLargest } from '@nexttoken/numeric';
import { checkInteger } from '../parameters/check-integer';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';

/**
 * Keeps the k highest scores: removes `x_i < (k-th largest)`. Tokens that tie with the k-th all stay.
 *
 * @param k an integer >= 1; neutral from the vocabulary's size on
 * @param options `minTokensToKeep` raises a smaller k
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits. Cost: a radix selection, no sort: four passes.
 * Source: Fan, Lewis, Dauphin, "Hierarchical Neural Story Generation", 2018; Hugging Face `TopKLogitsWarper`.
 */
export function topK(k: number, options: TruncationOptions = {}): LogitsProcessor {
  checkInteger('topK', 'k', k, 1);
  const minTokensToKeep = minTokensToKeepOf('topK', options);
  const kept = Math.max(k, minTokensToKeep);
  return {
    kind: 'processor',
    type: 'topK',
    parameters: { k, minTokensToKeep },
    process(scores) {
      if (kept >= scores.length) return;
      const limit = kthLargest(scores, kept);
      for (let i = 0; i < scores.length; i++) {
        if (scores[i]! < limit) scores[i] = Number.NEGATIVE_INFINITY;
      }
    },
  };
}
