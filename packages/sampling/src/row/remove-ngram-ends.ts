/**
 * Removes every token that would complete an n-gram of `source`: the last `size - 1` ids of `ids` stand
 * before it there. Tokens beyond the row are passed over.
 *
 * Cost: one comparison for almost every id of the source.
 */
export function removeNgramEnds(
  scores: Float32Array,
  ids: ArrayLike<number>,
  source: ArrayLike<number>,
  sourceLength: number,
  size: number,
): void {
  const prefixLength = size - 1;
  if (ids.length < prefixLength) return;
  for (let end = prefixLength; end < sourceLength; end++) {
    let matched = 0;
    while (matched < prefixLength && source[end - 1 - matched] === ids[ids.length - 1 - matched]) matched++;
    if (matched < prefixLength) continue;
    const id = source[end]!;
    if (id < scores.length) scores[id] = Number.NEGATIVE_INFINITY;
  }
}
