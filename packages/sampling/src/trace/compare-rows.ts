import type { TracedStage } from './chain-trace';

type Comparison = Pick<TracedStage, 'kept' | 'removed' | 'restored' | 'removedMass' | 'cut'>;

/** Beyond this many nats below the log-sum-exp a probability is 0 in float64. */
const nothing = 745;

/**
 * What a stage made of a row, and who was removed: notes `stage + 1` in `removedBy` for the tokens it
 * removed, 0 for those it left.
 */
export function compareRows(
  before: Float32Array,
  after: Float32Array,
  logTotalBefore: number,
  removedBy: Uint16Array,
  stage: number,
): Comparison {
  let kept = 0;
  let removed = 0;
  let restored = 0;
  let removedMass = 0;
  let lowestKept = Number.POSITIVE_INFINITY;
  let highestRemoved = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < after.length; id++) {
    const score = before[id]!;
    if (after[id] !== Number.NEGATIVE_INFINITY) {
      kept++;
      if (score === Number.NEGATIVE_INFINITY) restored++;
      else if (score < lowestKept) lowestKept = score;
      removedBy[id] = 0;
    } else if (score !== Number.NEGATIVE_INFINITY) {
      removed++;
      removedBy[id] = stage + 1;
      if (score > highestRemoved) highestRemoved = score;
      const distance = logTotalBefore - score;
      if (!(distance > nothing)) removedMass += Math.exp(-distance);
    }
  }
  const hasCut = removed > 0 && lowestKept < Number.POSITIVE_INFINITY;
  return { kept, removed, restored, removedMass, ...(hasCut && { cut: { lowestKept, highestRemoved } }) };
}
