/**
 * Sorts positions by the values they point at, ascending; equal values keep the order they had for a few
 * positions only if it is given by `before`. In place, no allocation: shell sort (Ciura's gaps).
 *
 * @param before whether the first of two positions with equal values comes first
 */
export function sortPositions(
  positions: Int32Array,
  count: number,
  values: Float32Array | Float64Array,
  before: (a: number, b: number) => boolean,
): void {
  let gap = 1;
  while (gap < count / 2.25) gap = Math.floor(gap * 2.25) + 1;
  for (; gap > 0; gap = gap === 1 ? 0 : Math.max(1, Math.floor(gap / 2.25))) {
    for (let i = gap; i < count; i++) {
      const position = positions[i]!;
      const value = values[position]!;
      let place = i;
      while (place >= gap) {
        const other = positions[place - gap]!;
        const otherValue = values[other]!;
        if (otherValue < value || (otherValue === value && before(other, position))) break;
        positions[place] = other;
        place -= gap;
      }
      positions[place] = position;
    }
  }
}
