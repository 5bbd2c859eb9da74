import { type CandidateList, largestOf } from './candidate-list';
import { keepFrom, keepHighest } from './keep-listed';

/** Where min-p's own rule leaves it to rounding: the stage itself decides then. */
const uncertainty = 1e-6;

/**
 * Min-p on a list that holds every token within reach: removes `x_i - max x < limit`.
 *
 * @param limit log p
 * @returns `unsure` (and the list as it was) when a token lies at the limit, or there is no distribution;
 *   `short` when fewer than `minTokensToKeep` are listed
 */
export function cutBelowMaximum(
  list: CandidateList,
  limit: number,
  minTokensToKeep: number,
): 'cut' | 'short' | 'unsure' {
  if (list.count === 0) return 'cut';
  const largest = largestOf(list);
  if (Number.isNaN(largest)) return 'unsure';
  const { scores, count } = list;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const distance = scores[i]! - largest - limit;
    if (Math.abs(distance) <= uncertainty) return 'unsure';
    if (distance > 0) kept++;
  }
  if (kept >= minTokensToKeep) keepFrom(list, largest + limit);
  else if (count < minTokensToKeep) return 'short';
  else keepHighest(list, minTokensToKeep);
  return 'cut';
}
