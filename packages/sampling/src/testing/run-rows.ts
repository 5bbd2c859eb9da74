import type { LogitsProcessor } from '@nexttoken/model';

/**
 * Runs one processor over copies of all rows of a batch, row after row, as a loop does: the beams of an item
 * see each other's rows in place.
 * @param processors one for each row
 */
export function runRows(
  processors: readonly LogitsProcessor[],
  rows: readonly ArrayLike<number>[],
  ids: readonly ArrayLike<number>[],
  { beams = 1, promptLength }: { beams?: number; promptLength?: number } = {},
): Float32Array[] {
  const scores = rows.map((row) => Float32Array.from(row));
  processors.forEach((processor, row) => {
    const batchItem = Math.floor(row / beams);
    const [begin, end] = [batchItem * beams, (batchItem + 1) * beams];
    const siblings = {
      index: row - begin,
      ids: ids.slice(begin, end),
      scores: scores.slice(begin, end),
      chosenThisStep: [],
    };
    const context = {
      ids: ids[row]!,
      promptLength: promptLength ?? ids[row]!.length,
      row,
      batchItem,
      ...(processor.requires?.siblings ? { siblings } : {}),
    };
    processor.process(scores[row]!, context, processor.initialState?.());
  });
  return scores;
}
