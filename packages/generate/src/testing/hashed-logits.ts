/** 32 well-mixed bits of a list of numbers. */
function hash(values: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const value of values) {
    state = Math.imul(state ^ value, 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}

/** Logits in [-4, 4) that look random but depend on the ids so far (all of them) alone. */
export function hashedLogits(vocabSize: number, seed = 0): (ids: readonly number[]) => number[] {
  return (ids) =>
    Array.from({ length: vocabSize }, (_, id) => Math.fround(hash([seed, ...ids, id]) / 2 ** 29 - 4));
}
