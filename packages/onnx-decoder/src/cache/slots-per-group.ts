/**
 * What a row that nobody needs costs a step, in cached positions: reading some 1,000 takes as long, but
 * positions stored twice also take memory, and time once to copy them.
 */
const rowCost = 512;

/**
 * How many rows to keep beside each shared trunk, when `sizes[i]` rows descend from trunk i. All groups of a
 * run are equally wide: narrow ones are filled up with rows that nobody needs, wide ones are split and their
 * trunk stored twice. The cheapest width in positions read and rows computed; 1 means that nothing is shared.
 */
export function slotsPerGroup(sizes: readonly number[], trunkLength: number): number {
  const widest = Math.max(1, ...sizes);
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let slots = 1; slots <= widest; slots++) {
    const groups = sizes.reduce((sum, size) => sum + Math.ceil(size / slots), 0);
    const cost = groups * (trunkLength + slots * rowCost);
    if (cost < least) {
      best = slots;
      least = cost;
    }
  }
  return best;
}
