/** One number a token, all 0 between two calls; as long as the longest row so far. */
let counts = /* @__PURE__ */ new Uint32Array(0);

/**
 * Calls `visit(id, count)` once for each distinct id of `ids` from `start` on, with how often it occurs.
 * Ids outside the vocabulary are passed over. Cost: two steps an id, whatever the vocabulary's size.
 */
export function forEachCount(
  ids: ArrayLike<number>,
  start: number,
  vocabSize: number,
  visit: (id: number, count: number) => void,
): void {
  if (counts.length < vocabSize) counts = new Uint32Array(vocabSize);
  for (let i = start; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < vocabSize) counts[id]!++;
  }
  for (let i = start; i < ids.length; i++) {
    const id = ids[i]!;
    if (!(id < vocabSize)) continue;
    const count = counts[id]!;
    if (count === 0) continue;
    counts[id] = 0;
    visit(id, count);
  }
}
