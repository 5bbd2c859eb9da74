import { invalidParameter, NextTokenError, type RowTokens } from '@nexttoken/model';

/**
 * The checks that `forward` owes before anything runs.
 * @param lengths positions that each row holds already
 */
export function checkRows(
  rows: readonly RowTokens[],
  lengths: readonly number[],
  model: { readonly vocabSize: number; readonly capabilities: { readonly contextLength: number } },
): void {
  if (rows.length !== lengths.length) {
    throw invalidParameter('forward', 'rows', rows.length, `${lengths.length} entries, one a row`);
  }
  if (rows.every((ids) => ids.length === 0)) {
    throw new NextTokenError('empty-prompt', 'forward: every row is empty');
  }
  const { vocabSize } = model;
  const { contextLength } = model.capabilities;
  for (const [row, ids] of rows.entries()) {
    for (const id of Array.from(ids)) {
      if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
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
}
