/** One byte a token, all 0 between two calls; as long as the longest row so far. */
let seen = /* @__PURE__ */ new Uint8Array(0);

/**
 * `x_i ← x_i < 0 ? x_i · factor : x_i / factor` in float32, once for each distinct id of `ids` from `begin`
 * to before `end`. Ids beyond the row are passed over.
 */
export function scaleDistinctIds(
  scores: Float32Array,
  ids: ArrayLike<number>,
  begin: number,
  end: number,
  factor: number,
): void {
  const vocabSize = scores.length;
  if (seen.length < vocabSize) seen = new Uint8Array(vocabSize);
  for (let i = begin; i < end; i++) {
    const id = ids[i]!;
    if (id >= vocabSize || seen[id] !== 0) continue;
    seen[id] = 1;
    const score = scores[id]!;
    scores[id] = score < 0 ? score * factor : score / factor;
  }
  for (let i = begin; i < end; i++) {
    const id = ids[i]!;
    if (id < vocabSize) seen[id] = 0;
  }
}
