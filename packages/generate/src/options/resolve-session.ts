import { invalidParameter, type LanguageModel, NextTokenError } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * Checks the caller's session, and that what looks back is told what it holds.
 * @returns how many positions it holds
 * @throws NextTokenError `invalid-parameter`
 */
export function resolveSession(options: GenerateOptions, rows: number, guided: boolean): number {
  const { session, previousIds, processors, draft, contextOverflow } = options;
  if (session && (rows !== 1 || guided)) {
    const reason = guided ? 'a processor needs a guidance row' : `there are ${rows} rows`;
    throw invalidParameter(owner, 'session', 'a session', `left out, for ${reason}`);
  }
  if (session && session.rowCount !== 1) {
    throw invalidParameter(owner, 'session.rowCount', session.rowCount, '1');
  }
  const cached = session?.lengths[0] ?? 0;
  const looksBack = processors !== undefined || draft !== undefined || typeof contextOverflow === 'object';
  const needed = (looksBack || contextOverflow === 'slide') && cached > 0;
  if (previousIds === undefined ? needed : previousIds.length !== cached) {
    const expected = `the ${cached} ids that the session holds (processors may look back at them)`;
    throw invalidParameter(owner, 'previousIds', previousIds, expected);
  }
  return cached;
}

/**
 * Whether that many rows fit.
 * @throws NextTokenError `unsupported-capability`; details: capability, rows, maxRows
 */
export function checkRowCount(model: LanguageModel, rows: number): void {
  const { maxRows } = model.capabilities;
  if (rows <= maxRows) return;
  throw new NextTokenError('unsupported-capability', `generate: ${rows} rows, at most ${maxRows} fit`, {
    capability: 'maxRows',
    rows,
    maxRows,
  });
}
