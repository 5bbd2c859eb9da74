import { invalidParameter, NextTokenError, type RowTokens } from '@nexttoken/model';

/**
 * What `forward` owes before anything runs.
 * @param lengths positions that each row holds already
 * @returns copies of the new ids
 */
export function checkedRows(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  { vocabSize, contextLength }: { readonly vocabSize: number; readonly contextLength: number },
): number[][] {
  if (rows.length !== lengths.length) {
    throw invalidParameter('forward', 'rows', rows.length, `${lengths.length} entries, one a row`);
  }
  const copies = rows.map((ids) => Array.from(ids));
  if (copies.every((ids) => ids.length === 0))
    throw new NextTokenError('empty-prompt', 'forward: every row is empty');
  for (const [row, ids] of copies.entries()) {
    const id = ids.find((value) => !(Number.isInteger(value) && value >= 0 && value < vocabSize));
    if (id !== undefined) {
      const details = { id: Number.isFinite(id) ? id : String(id), vocabSize, row };
      throw new NextTokenError(
        'invalid-token-id',
        `row ${row}: id ${id} is not in [0, ${vocabSize})`,
        details,
      );
    }
    const length = lengths[row]! + ids.length;
    if (length > contextLength) {
      const message = `row ${row} would have ${length} positions, the context has ${contextLength}`;
      throw new NextTokenError('context-overflow', message, { length, contextLength, row });
    }
  }
  return copies;
}
