import {
  type ForwardOptions,
  type ForwardResult,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import type { Batch } from './batch';
import {
  checkCapability,
  checkForwardOptions,
  checkForwardRows,
  checkLengths,
  checkParents,
  checkRowCount,
} from './check-session-call';
import { emptyRow, type SharedRow } from './shared-row';

/** A session whose rows live in a batch with those of others. */
export class BatchedSession implements Session {
  #rows: readonly SharedRow[];
  #running: { readonly call: string; readonly ended: Promise<unknown> } | undefined;
  #disposed = false;

  constructor(
    readonly batch: Batch,
    /** Sessions that are not disposed yet. */
    readonly open: Set<Session>,
    rows: readonly SharedRow[],
  ) {
    this.#rows = rows;
    open.add(this);
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  get lengths(): readonly number[] {
    return this.#rows.map(({ length }) => length);
  }

  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.#exclusively('forward', () => {
      const { model } = this.batch;
      checkForwardOptions(model, options);
      const tokens = checkForwardRows(model, rows, this.lengths);
      options.signal?.throwIfAborted();
      return new Promise<ForwardResult>((resolve, reject) => {
        this.batch.forward({
          rows: this.#rows,
          tokens,
          request: options.logits ?? 'last',
          options,
          read: tokens.map(() => 0),
          logits: tokens.map(() => null),
          resolve,
          reject,
        });
      });
    }) as Promise<ForwardResult<Request>>;
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#exclusively('select', async () => {
      checkCapability(this.batch.model, 'select', 'select');
      checkRowCount(this.batch.model, 'select', parents.length);
      checkParents(parents, this.rowCount);
      const taken = new Set<SharedRow>();
      const copies: { row: SharedRow; copyOf: SharedRow }[] = [];
      const next = parents.map((parent) => {
        const old = this.#rows[parent];
        if (!old || old.position < 0) return emptyRow();
        if (!taken.has(old)) {
          taken.add(old);
          return old;
        }
        const row = emptyRow();
        copies.push({ row, copyOf: old });
        return row;
      });
      if (copies.length > 0) await this.batch.copy(copies);
      this.batch.leave(this.#rows.filter((row) => !taken.has(row)));
      this.#rows = next;
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#exclusively('truncate', async () => {
      checkCapability(this.batch.model, 'truncate', 'truncate');
      checkLengths(lengths, this.lengths);
      const shorter = new Map<SharedRow, number>();
      for (const [index, row] of this.#rows.entries())
        if (lengths[index]! < row.length) shorter.set(row, lengths[index]!);
      if (shorter.size > 0) await this.batch.truncate(shorter);
    });
  }

  fork(): Promise<Session> {
    return this.#exclusively('fork', async () => {
      checkCapability(this.batch.model, 'select', 'fork');
      const rows = this.#rows.map(emptyRow);
      const copies = rows.flatMap((row, index) => {
        const copyOf = this.#rows[index]!;
        return copyOf.position < 0 ? [] : [{ row, copyOf }];
      });
      if (copies.length > 0) await this.batch.copy(copies);
      return new BatchedSession(this.batch, this.open, rows);
    });
  }

  async dispose(): Promise<void> {
    const first = !this.#disposed;
    this.#disposed = true;
    await this.#running?.ended.catch(() => undefined);
    if (!first) return;
    this.batch.leave(this.#rows);
    this.open.delete(this);
  }

  /** One call at a time, and none after `dispose`. */
  async #exclusively<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#disposed) throw new NextTokenError('disposed', `${call}: the session was disposed`);
    if (this.#running) {
      const running = this.#running.call;
      throw new NextTokenError('session-busy', `${call}: ${running} is still running`, { running });
    }
    const ended = (async () => work())();
    this.#running = { call, ended };
    try {
      return await ended;
    } finally {
      this.#running = undefined;
    }
  }
}
