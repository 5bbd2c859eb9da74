/** Runs a removal on the row, then gives the protected tokens their scores back. */
export function protecting(ids: Int32Array, scores: Float32Array, remove: () => void): void {
  const saved = Float32Array.from(ids, (id) => scores[id]!);
  remove();
  for (let i = 0; i < ids.length; i++) scores[ids[i]!] = saved[i]!;
}
