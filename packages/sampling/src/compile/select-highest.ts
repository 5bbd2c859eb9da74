import { kthLargest } from '@nexttoken/numeric';
import { type CandidateList, largestOf, readScores } from './candidate-list';
import { keepFrom } from './keep-listed';
import { lowestFinite } from './list-between';
import { listFrom } from './list-from';
import { slackOf } from './slack-of';

/** Shortens the ids to those that may still be among the k highest; returns the lowest score they may have. */
function shorten(row: Float32Array, divisor: number, list: CandidateList, k: number): number {
  readScores(list, row, 1);
  const line = kthLargest(list.scores.subarray(0, list.count), k);
  const lowest = line - slackOf(line, divisor);
  keepFrom(list, lowest);
  return lowest;
}

/**
 * Top-k on a row, all ties with the k-th included: a list of candidates that is shortened by selection
 * whenever it has grown to several times k, and shuts out what cannot come in any more.
 *
 * Cost: one pass with one comparison for nearly every token.
 *
 * @param divisor the temperature that is still to be applied, 1 for none
 * @returns false for a row with NaN or +Infinity: nothing is decided
 */
export function selectHighest(row: Float32Array, divisor: number, list: CandidateList, k: number): boolean {
  let room = Math.max(256, 4 * k);
  let lowest = lowestFinite;
  let id = 0;
  list.count = 0;
  for (;;) {
    const { next, count } = listFrom(row, id, lowest, list.ids, list.count, room);
    list.count = count;
    id = next;
    if (id >= row.length) break;
    if (count < room) continue;
    lowest = shorten(row, divisor, list, k);
    room = Math.max(room, 2 * list.count);
  }
  readScores(list, row, divisor);
  if (Number.isNaN(largestOf(list))) return false;
  if (list.count > k) keepFrom(list, kthLargest(list.scores.subarray(0, list.count), k));
  return true;
}
