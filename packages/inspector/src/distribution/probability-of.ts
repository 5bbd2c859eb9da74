import { logSumExp } from '@nexttoken/numeric';

/**
 * The probability of one token: `softmax(scores)[id]`, in float64; 0 for a removed one. Linear.
 * @param scores logits or scores, shape `[vocabSize]`
 */
export function probabilityOf(scores: Float32Array, id: number): number {
  const score = scores[id]!;
  return score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - logSumExp(scores));
}
