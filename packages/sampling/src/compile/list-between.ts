import type { CandidateList } from './candidate-list';
import { chunkSize } from './chunk-size';

/** The lowest score that is not removed. */
export const lowestFinite = -3.4028234663852886e38;

/**
 * Lists the tokens with scores from `lowest` to `highest`; NaN is listed too, so that it is found later on.
 * Cost: one pass, and a misprediction for each token listed.
 */
export function listBetween(row: Float32Array, lowest: number, highest: number, list: CandidateList): void {
  const { ids } = list;
  let count = 0;
  for (let begin = 0; begin < row.length; begin += chunkSize) {
    count = listChunk(row, begin, Math.min(begin + chunkSize, row.length), lowest, highest, ids, count);
  }
  list.count = count;
}

function listChunk(
  row: Float32Array,
  begin: number,
  end: number,
  lowest: number,
  highest: number,
  ids: Int32Array,
  alreadyThere: number,
): number {
  let count = alreadyThere;
  for (let i = begin; i < end; i++) {
    const score = row[i]!;
    if (!(score < lowest)) if (!(score > highest)) ids[count++] = i;
  }
  return count;
}

/** Lists every token that is not removed; NaN and +Infinity are listed too. */
export function listAll(row: Float32Array, list: CandidateList): void {
  listBetween(row, lowestFinite, Number.POSITIVE_INFINITY, list);
}
