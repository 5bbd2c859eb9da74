import { type CandidateList, readScores } from './candidate-list';
import { cutBelowMaximum } from './cut-below-maximum';
import { listAll, lowestFinite } from './list-between';
import { listFrom } from './list-from';
import { slackOf } from './slack-of';

/** Lists what is within reach of the largest score, in one pass with the largest so far. */
function listWithinReach(row: Float32Array, reach: number, divisor: number, list: CandidateList): void {
  const { ids } = list;
  let largest = Number.NEGATIVE_INFINITY;
  let lowest = lowestFinite;
  let id = 0;
  list.count = 0;
  while (id < row.length) {
    const { next, count } = listFrom(row, id, lowest, ids, list.count, list.count + 1);
    for (let i = list.count; i < count; i++) {
      const score = row[ids[i]!]!;
      if (!(score > largest)) continue;
      largest = score;
      lowest = Math.max(lowestFinite, score - reach - slackOf(Math.abs(score) + reach, divisor));
    }
    list.count = count;
    id = next;
  }
  let kept = 0;
  for (let i = 0; i < list.count; i++) if (!(row[ids[i]!]! < lowest)) ids[kept++] = ids[i]!;
  list.count = kept;
}

/**
 * Min-p on a row, in one pass with one comparison for nearly every token.
 *
 * @param divisor the temperature that is still to be applied, 1 for none
 * @param limit log p
 * @returns whether it was decided; the list is meaningless otherwise
 */
export function selectNearMaximum(
  row: Float32Array,
  divisor: number,
  list: CandidateList,
  limit: number,
  minTokensToKeep: number,
): boolean {
  // A little further than the limit: what lies at it must be seen.
  listWithinReach(row, (1e-5 - limit) * divisor, divisor, list);
  readScores(list, row, divisor);
  let outcome = cutBelowMaximum(list, limit, minTokensToKeep);
  if (outcome === 'short') {
    listAll(row, list);
    readScores(list, row, divisor);
    outcome = cutBelowMaximum(list, limit, minTokensToKeep);
  }
  return outcome === 'cut' || (outcome === 'short' && list.count <= minTokensToKeep);
}
