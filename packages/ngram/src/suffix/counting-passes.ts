/**
 * The suffixes in order of their first `order` ids, equal ones by position: one stable counting pass an id, the last
 * one first. What lies past the end counts as id 0.
 * @param first where each id's block starts
 */
export function countingPasses(ids: Int32Array, first: Int32Array, order: number): Int32Array {
  const length = ids.length;
  let from: Int32Array = new Int32Array(length);
  let to: Int32Array = new Int32Array(order > 1 ? length : 0);
  const next = new Int32Array(first.length);
  for (let i = 0; i < length; i++) from[i] = i;
  for (let offset = order - 1; offset >= 0; offset--) {
    if (offset === 0 && order === 1) to = new Int32Array(length);
    // The histogram of ids shifted by `offset`: the first ones are missing, as many zeros more at the end.
    next.set(first);
    for (let i = 0; i < Math.min(offset, length); i++) {
      const missing = ids[i]!;
      if (missing > 0) for (let id = 1; id <= missing; id++) next[id]!++;
    }
    for (let i = 0; i < length; i++) {
      const position = from[i]!;
      const at = position + offset;
      to[next[at < length ? ids[at]! : 0]!++] = position;
    }
    [from, to] = [to, from];
  }
  return from;
}
