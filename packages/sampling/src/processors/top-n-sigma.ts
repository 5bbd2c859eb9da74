import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { maximum } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';

/** Population standard deviation of the candidates' scores; NaN for a row with NaN or +Infinity. */
function standardDeviation(scores: Float32Array, largest: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < scores.length; i++) {
    // Distances from the maximum: small where it matters, so the squares lose nothing.
    const distance = scores[i]! - largest;
    if (distance === Number.NEGATIVE_INFINITY) continue;
    count++;
    sum += distance;
    squares += distance * distance;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(squares / count - mean * mean, 0));
}

/**
 * Keeps the scores within n standard deviations of the highest: removes `x_i < max x - n · σ`, σ being the
 * population standard deviation over the candidates. What stays does not depend on the temperature.
 *
 * @param n a number > 0; the paper uses 1 to 2. `Infinity` is neutral
 * @throws NextTokenError `invalid-parameter`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it). σ is
 * computed in float64, the limit is rounded to float32. Cost: three passes, no exponentials.
 * Source: Tang et al., "Top-nσ: Not All Logits Are You Need", 2024; llama.cpp `llama_sampler_init_top_n_sigma`
 * (which sums in float32, and takes n <= 0 for off).
 */
export function topNSigma(n: number): LogitsProcessor {
  if (typeof n !== 'number' || !(n > 0)) throw invalidParameter('topNSigma', 'n', n, 'a number > 0');
  return builtIn({
    kind: 'processor',
    type: 'topNSigma',
    parameters: { n },
    process(scores) {
      if (n === Number.POSITIVE_INFINITY) return;
      const largest = maximum(scores);
      const limit = Math.fround(largest - Math.fround(n) * standardDeviation(scores, largest));
      if (Number.isNaN(limit)) return;
      for (let i = 0; i < scores.length; i++) {
        if (scores[i]! < limit) scores[i] = Number.NEGATIVE_INFINITY;
      }
    },
  });
}
