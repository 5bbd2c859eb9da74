import { invalidParameter, NextTokenError } from '@nexttoken/model';

/**
 * Refuses a row that says nothing about the next token.
 * @throws NextTokenError `invalid-parameter` for anything but a filled Float32Array; `invalid-scores` on NaN
 *   or Infinity; `no-candidates` when everything is -Infinity
 */
export function checkRow(owner: string, row: Float32Array): void {
  if (!(row instanceof Float32Array) || row.length === 0) {
    throw invalidParameter(owner, 'logits', row, 'a Float32Array of length vocabSize');
  }
  const index = row.findIndex((value) => !(value < Number.POSITIVE_INFINITY));
  if (index >= 0) {
    throw new NextTokenError('invalid-scores', `${owner}: the value at index ${index} is ${row[index]}`, {
      index,
    });
  }
  if (!row.some((value) => value > Number.NEGATIVE_INFINITY)) {
    throw new NextTokenError('no-candidates', `${owner}: every value is -Infinity`);
  }
}
