import { kthLargest } from '@nexttoken/numeric';
import { type CandidateList, largestOf } from './candidate-list';

/** Shortens the list to the scores from `lowest` up. */
export function keepFrom(list: CandidateList, lowest: number): void {
  const { ids, scores } = list;
  let kept = 0;
  for (let i = 0; i < list.count; i++) {
    const score = scores[i]!;
    if (score < lowest) continue;
    ids[kept] = ids[i]!;
    scores[kept++] = score;
  }
  list.count = kept;
}

/** Shortens the list to the scores above `line`, and those equal to it up to a position. */
export function keepAbove(list: CandidateList, line: number, lastPosition: number): void {
  const { ids, scores } = list;
  let kept = 0;
  for (let i = 0; i < list.count; i++) {
    const score = scores[i]!;
    if (score < line || (score === line && i > lastPosition)) continue;
    ids[kept] = ids[i]!;
    scores[kept++] = score;
  }
  list.count = kept;
}

/** Shortens the list to its `count` highest scores; of equal ones the lower ids stay. */
export function keepHighest(list: CandidateList, count: number): void {
  if (count >= list.count) return;
  const { scores } = list;
  const line = kthLargest(scores.subarray(0, list.count), count);
  let left = count;
  for (let i = 0; i < list.count; i++) if (scores[i]! > line) left--;
  let last = -1;
  for (let i = 0; left > 0; i++) {
    if (scores[i] !== line) continue;
    last = i;
    left--;
  }
  keepAbove(list, line, last);
}

/** Shortens the list to its k highest scores and all that tie with the k-th; false for a list with NaN. */
export function keepFromKth(list: CandidateList, k: number): boolean {
  if (Number.isNaN(largestOf(list))) return false;
  if (k < list.count) keepFrom(list, kthLargest(list.scores.subarray(0, list.count), k));
  return true;
}
