/**
 * For every position of a row, how many ids that end right before it are also the row's last ones: entry k
 * is the length of the longest suffix of the row that ends k ids before the row's end, at most `limit`.
 * The Z-algorithm on the reversed row.
 *
 * @param reversed the ids, last one first
 * @param lengths where the lengths go, at least as long; entry 0 is not written
 * Cost: linear; each id is compared at most twice.
 * Source: Gusfield, "Algorithms on Strings, Trees, and Sequences", 1997, chapter 1.
 */
export function repeatLengths(reversed: Int32Array, count: number, limit: number, lengths: Int32Array): void {
  // [left, right) is the match that reaches furthest: reversed[left + i] = reversed[i] inside it.
  let left = 0;
  let right = 0;
  for (let k = 1; k < count; k++) {
    let length = k < right ? Math.min(lengths[k - left]!, right - k) : 0;
    // Inside the match nothing is known beyond its end, and nothing beyond the limit.
    if (length < limit && k + length >= right) {
      while (k + length < count && reversed[length] === reversed[k + length]) length++;
      left = k;
      right = k + length;
    }
    lengths[k] = Math.min(length, limit);
  }
}
