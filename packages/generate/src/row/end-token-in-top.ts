/** Whether an end token is among the k highest scores; of equal scores the lower id is the higher one. */
export function endTokenInTop(raw: Float32Array, endTokenIds: ReadonlySet<number>, k: number): boolean {
  for (const end of endTokenIds) {
    const score = raw[end]!;
    let better = 0;
    for (let id = 0; id < raw.length && better < k; id++) {
      if (raw[id]! > score || (raw[id] === score && id < end)) better++;
    }
    if (better < k && score > Number.NEGATIVE_INFINITY) return true;
  }
  return false;
}
