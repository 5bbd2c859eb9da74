import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { topIndices } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';

/** Only that many of the highest scores are looked at. */
const candidateCount = 100;

/**
 * How many of the candidates stay, by the entropy they add up: while `Σ -q log q <= h · H`.
 * Probabilities and terms are float32, sums float64, both sides of the comparison float32.
 */
function countWithin(scores: Float32Array, candidates: Int32Array, h: number): number {
  const largest = scores[candidates[0]!]!;
  const weights = Float64Array.from(candidates, (id) => Math.exp(scores[id]! - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const terms = Float32Array.from(weights, (weight) => {
    const q = Math.fround(weight / total);
    return -q * Math.fround(Math.log(q));
  });
  // A probability that underflows to 0 has the term NaN: it ends the count, and adds nothing to H.
  const entropy = terms.reduce((sum, term) => (term >= 0 ? sum + term : sum), 0);
  const budget = Math.fround(Math.fround(entropy) * Math.fround(h));
  let sum = 0;
  let count = 0;
  while (count < terms.length) {
    sum += terms[count]!;
    if (!(Math.fround(sum) <= budget)) break;
    count++;
  }
  return Math.max(count, 1);
}

/**
 * Keeps the most likely tokens while the entropy they contribute stays within a part of the row's: in
 * descending order while `Σ -q_i log q_i <= h · H`, with q and H of the 100 highest scores. The most likely
 * token always stays; nothing beyond the 100 does. Among equal scores the lower ids come first.
 *
 * @param h a number in (0, 1]. There is no neutral value: 1 keeps up to 100 tokens
 * @throws NextTokenError `invalid-parameter`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Cost: a selection of 100, no sort of the row.
 * Source: Potraghloo et al., "Top-H Decoding: Adapting the Creativity and Coherence with Bounded Entropy in
 * Text Generation", 2025; Hugging Face `TopHLogitsWarper`.
 */
export function topH(h: number): LogitsProcessor {
  if (typeof h !== 'number' || !(h > 0 && h <= 1))
    throw invalidParameter('topH', 'h', h, 'a number in (0, 1]');
  return builtIn({
    kind: 'processor',
    type: 'topH',
    parameters: { h },
    process(scores) {
      for (let i = 0; i < scores.length; i++) if (!(scores[i]! < Number.POSITIVE_INFINITY)) return;
      const candidates = topIndices(scores, candidateCount);
      if (candidates.length === 0) return;
      const kept = candidates.subarray(0, countWithin(scores, candidates, h));
      const values = Float32Array.from(kept, (id) => scores[id]!);
      scores.fill(Number.NEGATIVE_INFINITY);
      for (let i = 0; i < kept.length; i++) scores[kept[i]!] = values[i]!;
    },
  });
}
