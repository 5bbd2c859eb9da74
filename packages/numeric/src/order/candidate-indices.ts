/**
 * The indices above -Infinity, in ascending order; NaN is left out.
 *
 * @param out at least as long as `scores`; its beginning is overwritten. Default: a new array
 * @returns the written beginning of `out` (a view)
 */
export function candidateIndices(
  scores: Float32Array,
  out: Int32Array = new Int32Array(scores.length),
): Int32Array {
  let count = 0;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! > Number.NEGATIVE_INFINITY) out[count++] = i;
  }
  return out.subarray(0, count);
}
