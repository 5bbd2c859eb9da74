import { kthLargest } from '@nexttoken/numeric';

/**
 * Overwrites every entry but those of the k highest scores; among equal scores the lower ids are kept.
 * @param target shape `[vocabSize]`; may be `scores`
 */
export function keepHighest(
  scores: Float32Array,
  k: number,
  target: Float32Array | Float64Array,
  removed: number,
): void {
  if (k >= scores.length) return;
  const limit = kthLargest(scores, k);
  let ties = k;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > limit) ties--;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score < limit || (score === limit && ties-- <= 0)) target[i] = removed;
  }
}
