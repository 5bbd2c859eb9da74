/** The place of an id in a row, 1 for the highest; of equal logits the lower id comes first. Linear. */
export function rankOf(logits: Float32Array, id: number): number {
  const logit = logits[id]!;
  let rank = 1;
  for (let other = 0; other < logits.length; other++) {
    const value = logits[other]!;
    if (value > logit || (value === logit && other < id)) rank++;
  }
  return rank;
}
