/** The first id whose cumulated weight is beyond the target; the last one with a weight if none is. */
export function firstBeyond(target: number, weights: Float64Array): number {
  let sum = 0;
  let last = -1;
  for (let id = 0; id < weights.length && sum <= target; id++) {
    if (weights[id] === 0) continue;
    sum += weights[id]!;
    last = id;
  }
  return last;
}
