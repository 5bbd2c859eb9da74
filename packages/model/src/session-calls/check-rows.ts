import { checkOptionNames } from '../errors/check-option-names';
import { invalidParameter } from '../errors/invalid-parameter';
import { NextTokenError } from '../errors/next-token-error';
import type { Capabilities } from '../language-model/capabilities';
import type { SessionOptions } from '../language-model/language-model';
import { checkCapability } from './check-capability';

/**
 * Checks the options of a `createSession` call.
 * @returns how many rows the session is to have
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`, `unsupported-capability` (details: capability, rows,
 *   maxRows)
 */
export function checkSessionOptions(
  options: SessionOptions,
  capabilities: Pick<Capabilities, 'maxRows'>,
): number {
  checkOptionNames('createSession', options, ['rows']);
  const { rows = 1 } = options;
  checkRowCount('createSession', rows, capabilities);
  return rows;
}

function checkRowCount(call: string, rows: number, { maxRows }: Pick<Capabilities, 'maxRows'>): void {
  if (!Number.isInteger(rows) || rows < 0) throw invalidParameter(call, 'rows', rows, 'a whole number >= 0');
  if (rows <= maxRows) return;
  const message = `${call}: ${rows} rows, at most ${maxRows} are possible`;
  throw new NextTokenError('unsupported-capability', message, { capability: 'maxRows', rows, maxRows });
}

/**
 * Checks a `select` call.
 * @param rowCount present rows
 * @throws NextTokenError `unsupported-capability`; `invalid-parameter` for a parent that is no row and not -1
 */
export function checkSelect(
  parents: readonly number[],
  rowCount: number,
  capabilities: Pick<Capabilities, 'select' | 'maxRows'>,
): void {
  checkCapability('select', 'select', capabilities);
  checkRowCount('select', parents.length, capabilities);
  for (const parent of parents)
    if (!Number.isInteger(parent) || parent < -1 || parent >= rowCount)
      throw invalidParameter('select', 'parents', parent, `whole numbers from -1 to ${rowCount - 1}`);
}

/**
 * Checks a `truncate` call.
 * @param present the rows' lengths
 * @throws NextTokenError `unsupported-capability`; `invalid-parameter` for lengths that the rows do not have
 */
export function checkTruncate(
  lengths: readonly number[],
  present: readonly number[],
  capabilities: Pick<Capabilities, 'truncate'>,
): void {
  checkCapability('truncate', 'truncate', capabilities);
  if (lengths.length !== present.length)
    throw invalidParameter('truncate', 'lengths', lengths.length, `${present.length} entries, one a row`);
  lengths.forEach((length, row) => {
    const most = present[row]!;
    if (!Number.isInteger(length) || length < 0 || length > most)
      throw invalidParameter('truncate', `lengths[${row}]`, length, `a whole number from 0 to ${most}`);
  });
}
