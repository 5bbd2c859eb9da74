import type { LogitsProcessor } from '@nexttoken/model';
import { kthLargest } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { checkInteger } from '../parameters/check-integer';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { checkTies, type TiesOptions } from '../parameters/ties';

/**
 * Keeps the k highest scores: removes `x_i < (k-th largest)`. Tokens that tie with the k-th all stay, unless
 * `ties` says `cut`: then exactly k stay, of equal scores the lower ids.
 *
 * @param k an integer >= 1; neutral from the vocabulary's size on
 * @param options `minTokensToKeep` raises a smaller k; `ties`: `keep` (default, Hugging Face) or `cut` (llama.cpp)
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits. Cost: a radix selection, no sort: four passes.
 * Source: Fan, Lewis, Dauphin, "Hierarchical Neural Story Generation", 2018; Hugging Face `TopKLogitsWarper`;
 * llama.cpp `llama_sampler_init_top_k` (where std::partial_sort picks among equal scores).
 */
export function topK(k: number, options: TruncationOptions & TiesOptions = {}): LogitsProcessor {
  checkInteger('topK', 'k', k, 1);
  const minTokensToKeep = minTokensToKeepOf('topK', options, 'ties');
  const ties = checkTies('topK', options);
  const kept = Math.max(k, minTokensToKeep);
  return builtIn({
    kind: 'processor',
    type: 'topK',
    parameters: { k, minTokensToKeep, ...ties },
    process(scores) {
      if (kept >= scores.length) return;
      const limit = kthLargest(scores, kept);
      // At least as many as tie with the k-th, or what the higher ones leave of k.
      let equal = ties.ties ? kept : scores.length;
      for (let i = 0; i < scores.length; i++) if (scores[i]! > limit) equal--;
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        if (score < limit || (score === limit && equal-- <= 0)) scores[i] = Number.NEGATIVE_INFINITY;
      }
    },
  });
}
