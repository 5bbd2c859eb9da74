import { reusable } from '@nexttoken/numeric';

/** One number a token, all 0 between two calls. */
const countBuffer = /* @__PURE__ */ reusable((length) => new Uint32Array(length));

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
  const counts = countBuffer(vocabSize);
  for (let i = start; i < ids.length; i++) counts[ids[i]!]!++;
  for (let i = start; i < ids.length; i++) {
    const id = ids[i]!;
    const count = counts[id];
    if (count === undefined || count === 0) continue;
    counts[id] = 0;
    visit(id, count);
  }
}
