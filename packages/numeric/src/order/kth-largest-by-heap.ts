/**
 * The k-th largest value: a heap keeps the k largest seen, the smallest of them on top.
 * NaN counts as -Infinity. Cost: one comparison for most entries, log k where the heap changes.
 */
export function kthLargestByHeap(scores: Float32Array, k: number): number {
  const heap = new Float32Array(k).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score > heap[0]!)) continue;
    let parent = 0;
    for (let child = 1; child < k; child = 2 * parent + 1) {
      if (child + 1 < k && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= score) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = score;
  }
  return heap[0]!;
}
