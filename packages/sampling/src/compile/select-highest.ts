import { kthLargest } from '@nexttoken/numeric';
import { type CandidateList, divideScores, largestOf, readScores } from './candidate-list';
import { chunkSize } from './chunk-size';
import { guessLine } from './guess-line';
import { keepFrom } from './keep-listed';
import { lowestFinite } from './list-between';
import { listFrom } from './list-from';
import { slackOf } from './slack-of';

/** Lists the ids whose scores are not below a line. */
function listAll(row: Float32Array, list: CandidateList, lowest: number): void {
  const { ids } = list;
  list.count = 0;
  for (let begin = 0; begin < row.length; begin += chunkSize) {
    list.count = listFrom(row, begin, lowest, ids, list.count, row.length).count;
  }
}

/** Shortens the ids to those that may still be among the k highest; returns the lowest score they may have. */
function shorten(row: Float32Array, divisor: number, list: CandidateList, k: number): number {
  readScores(list, row, 1);
  const line = kthLargest(list.scores.subarray(0, list.count), k);
  const lowest = line - slackOf(line, divisor);
  keepFrom(list, lowest);
  return lowest;
}

/**
 * Lists all ids that may be among the k highest, whatever the row: the list is shortened by selection whenever it
 * has grown to several times k, and shuts out what cannot come in any more.
 * @returns the lowest score on the list
 */
function listByRounds(row: Float32Array, divisor: number, list: CandidateList, k: number): number {
  const step = Math.max(256, 4 * k);
  let room = step;
  let lowest = lowestFinite;
  let id = 0;
  list.count = 0;
  for (;;) {
    const { next, count } = listFrom(row, id, lowest, list.ids, list.count, room);
    list.count = count;
    id = next;
    if (id >= row.length) return lowest;
    if (count < room) continue;
    lowest = shorten(row, divisor, list, k);
    room = Math.max(step, 2 * list.count);
  }
}

/**
 * Shortens a list of all ids from `lowest` up to the k highest, all ties with the k-th included. The scores are read,
 * but not divided.
 * @returns `short` when the list does not reach down far enough to tell; `unsure` for NaN and +Infinity, before or
 *   behind the division
 */
function keepKHighest(
  divisor: number,
  list: CandidateList,
  k: number,
  lowest: number,
): 'cut' | 'short' | 'unsure' {
  const largest = largestOf(list);
  // Division may make several scores Infinity: they tie then.
  if (Number.isNaN(largest) || Math.fround(largest / divisor) === Number.POSITIVE_INFINITY) return 'unsure';
  const isWhole = lowest === lowestFinite;
  if (list.count < k) {
    divideScores(list, divisor);
    return isWhole ? 'cut' : 'short';
  }
  const line = kthLargest(list.scores.subarray(0, list.count), k);
  if (line - slackOf(line, divisor) < lowest && !isWhole) return 'short';
  divideScores(list, divisor);
  // Division keeps the order: the k-th highest is the same before and after.
  keepFrom(list, Math.fround(line / divisor));
  return 'cut';
}

/**
 * Top-k on a row, all ties with the k-th included. A sample says from where up to list; where that turns out too high,
 * the list is made in rounds.
 *
 * Cost: one pass with one comparison for nearly every token.
 *
 * @param divisor the temperature that is still to be applied, 1 for none
 * @returns false for a row with NaN or +Infinity: nothing is decided
 */
export function selectHighest(row: Float32Array, divisor: number, list: CandidateList, k: number): boolean {
  const guess = guessLine(row, k, list.scores);
  if (guess !== undefined) {
    listAll(row, list, guess);
    readScores(list, row, 1);
    const outcome = keepKHighest(divisor, list, k, guess);
    if (outcome !== 'short') return outcome === 'cut';
  }
  const lowest = listByRounds(row, divisor, list, k);
  readScores(list, row, 1);
  return keepKHighest(divisor, list, k, lowest) === 'cut';
}

/**
 * The same where some scores are still to be lowered: what is not on the list before cannot come on it.
 * @param lower changes the scores of a list; false: it cannot
 * @returns false where nothing is decided
 */
export function selectHighestLowered(
  row: Float32Array,
  divisor: number,
  list: CandidateList,
  k: number,
  lower: (list: CandidateList) => boolean,
): boolean {
  const guess = guessLine(row, k, list.scores);
  if (guess === undefined) return false;
  listAll(row, list, guess);
  readScores(list, row, 1);
  return lower(list) && keepKHighest(divisor, list, k, guess) === 'cut';
}
