/**
 * The k-th largest value: a heap keeps the k largest seen, the smallest of them on top.
 * NaN counts as -Infinity. Cost: one comparison for most entries, log k where the heap changes.
 */
export function kthLargestByHeap(scores: Float32Array, k: number): number {
  const heap = new Float32Array(k).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > heap[0]!) replaceTop(heap, score);
  }
  return heap[0]!;
}

function replaceTop(heap: Float32Array, value: number): void {
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[parent] = heap[child]!;
    parent = child;
  }
  heap[parent] = value;
}
