import { type Capabilities, invalidParameter, NextTokenError } from '@nexttoken/model';

/** One call at a time, none after `dispose`, and the checks that every session makes alike. */
export abstract class ExclusiveSession {
  #running: { readonly call: string; readonly promise: Promise<unknown> } | undefined;
  #disposed = false;

  /** Runs a call, unless another is running or the session is disposed. */
  protected async exclusively<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#disposed) throw new NextTokenError('disposed', `${call}: the session was disposed`);
    if (this.#running) {
      const { call: running } = this.#running;
      throw new NextTokenError('session-busy', `${call}: ${running} is still running`, { running });
    }
    const promise = work();
    this.#running = { call, promise };
    try {
      return await promise;
    } finally {
      this.#running = undefined;
    }
  }

  async dispose(): Promise<void> {
    const first = !this.#disposed;
    this.#disposed = true;
    await this.#running?.promise.catch(() => undefined);
    if (first) await this.release();
  }

  protected abstract release(): Promise<void>;
}

/** @throws NextTokenError `unsupported-capability` for more rows than there may be */
export function checkRowCount(rows: number, { maxRows }: Pick<Capabilities, 'maxRows'>): void {
  if (rows <= maxRows) return;
  const details = { capability: 'maxRows', rows, maxRows };
  throw new NextTokenError(
    'unsupported-capability',
    `${rows} rows, at most ${maxRows} are possible`,
    details,
  );
}

/** @throws NextTokenError `invalid-parameter` for a parent that is no row and not -1 */
export function checkParents(parents: readonly number[], rowCount: number): void {
  for (const parent of parents) {
    if (Number.isInteger(parent) && parent >= -1 && parent < rowCount) continue;
    throw invalidParameter('select', 'parents', parent, `whole numbers from -1 to ${rowCount - 1}`);
  }
}

/** @throws NextTokenError `invalid-parameter` for lengths that the rows do not have */
export function checkLengths(lengths: readonly number[], present: readonly number[]): void {
  if (lengths.length !== present.length) {
    throw invalidParameter('truncate', 'lengths', lengths.length, `${present.length} entries, one a row`);
  }
  for (const [row, length] of lengths.entries()) {
    if (Number.isInteger(length) && length >= 0 && length <= present[row]!) continue;
    throw invalidParameter('truncate', `lengths[${row}]`, length, `a whole number from 0 to ${present[row]}`);
  }
}

/** @throws NextTokenError `invalid-parameter` for what is no number of rows */
export function checkedRowCount(rows: number, capabilities: Pick<Capabilities, 'maxRows'>): number {
  if (!Number.isInteger(rows) || rows < 0) {
    throw invalidParameter('createSession', 'rows', rows, 'a whole number >= 0');
  }
  checkRowCount(rows, capabilities);
  return rows;
}

/** @throws NextTokenError `unsupported-capability` */
export function refuse(capability: string): never {
  throw new NextTokenError('unsupported-capability', `an n-gram model offers no ${capability}`, {
    capability,
  });
}
