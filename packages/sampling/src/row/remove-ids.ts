/** Removes these tokens; ids beyond the row are passed over. */
export function removeIds(scores: Float32Array, ids: readonly number[]): void {
  for (const id of ids) {
    if (id < scores.length) scores[id] = Number.NEGATIVE_INFINITY;
  }
}
