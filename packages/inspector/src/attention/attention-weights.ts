import { type AttentionPatterns, invalidParameter } from '@nexttoken/model';

/** The weights of one head at one of the patterns' positions, a view of shape `[keys]`. */
export function weightsOf(
  patterns: AttentionPatterns,
  layer: number,
  head: number,
  row: number,
): Float32Array {
  const { data, heads, positions, keys } = patterns;
  const start = ((layer * heads + head) * positions + row) * keys;
  return data.subarray(start, start + keys);
}

/** Where the patterns' first position stands among the keys: what was cached before comes first. */
export const firstPositionOf = ({ keys, positions }: AttentionPatterns): number => keys - positions;

/** The weights with the first key left out, and the rest summing to 1 (all 0 where there is nothing else). */
export function withoutFirst(weights: Float32Array): Float32Array {
  let rest = 0;
  for (let key = 1; key < weights.length; key++) rest += weights[key]!;
  return weights.map((weight, key) => (key === 0 || rest === 0 ? 0 : weight / rest));
}

/** @throws NextTokenError `invalid-parameter` for an index outside [0, count) */
export function checkIndex(owner: string, name: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw invalidParameter(owner, name, index, `an integer in [0, ${count})`);
}
