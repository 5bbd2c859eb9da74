import { logSumExp } from '@nexttoken/numeric';

/** The probability of all tokens that the row puts before this one. */
export function massBefore(logits: Float32Array, id: number): number {
  const own = logits[id]!;
  const logTotal = logSumExp(logits);
  let mass = 0;
  for (let other = 0; other < logits.length; other++) {
    const logit = logits[other]!;
    if (logit > own || (logit === own && other < id)) mass += Math.exp(logit - logTotal);
  }
  return mass;
}
