import type { AttentionPatterns, HiddenStates } from '@nexttoken/model';

/**
 * @param positions each position's states, `[layers][width]`
 * @returns `[layers, positions, width]`; `null` without positions
 */
export function packHiddenStates(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
  const [first] = positions;
  if (!first) return null;
  const layers = first.length;
  const width = first[0]!.length;
  const data = new Float32Array(layers * positions.length * width);
  for (const [position, states] of positions.entries())
    for (const [layer, state] of states.entries())
      data.set(state, (layer * positions.length + position) * width);
  return { data, layers, positions: positions.length, width };
}

/**
 * @param positions each position's weights, `[heads][keys up to itself]`, of one layer
 * @returns `[1, heads, positions, keys]`, 0 behind each position; `null` without positions
 */
export function packAttention(positions: readonly (readonly Float64Array[])[]): AttentionPatterns | null {
  const last = positions.at(-1);
  if (!last) return null;
  const heads = last.length;
  const keys = last[0]!.length;
  const data = new Float32Array(heads * positions.length * keys);
  for (const [position, weights] of positions.entries())
    for (const [head, row] of weights.entries()) data.set(row, (head * positions.length + position) * keys);
  return { data, layers: 1, heads, positions: positions.length, keys };
}
