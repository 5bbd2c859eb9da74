import type {
  Capabilities,
  ForwardOptions,
  ForwardResult,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import {
  checkCapability,
  checkForwardOptions,
  checkForwardRows,
  checkSelect,
  checkTruncate,
  SessionCalls,
} from '@nexttoken/model/session-calls';
import type { Batch } from './batch';
import { emptyRow, type SharedRow } from './shared-row';

/** A session whose rows live in a batch with those of others. */
export class BatchedSession implements Session {
  #rows: readonly SharedRow[];
  readonly #calls = new SessionCalls();

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
    return this.#calls.run('forward', async () => {
      const { vocabSize } = this.batch.model;
      const { contextLength } = this.#capabilities;
      checkForwardOptions(options, this.#capabilities);
      const tokens = checkForwardRows(rows, this.lengths, { vocabSize, contextLength });
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
    return this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.#capabilities);
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
    return this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.lengths, this.#capabilities);
      const shorter = new Map<SharedRow, number>();
      for (const [index, row] of this.#rows.entries())
        if (lengths[index]! < row.length) shorter.set(row, lengths[index]!);
      if (shorter.size > 0) await this.batch.truncate(shorter);
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run('fork', async () => {
      checkCapability('fork', 'select', this.#capabilities);
      const rows = this.#rows.map(emptyRow);
      const copies = rows.flatMap((row, index) => {
        const copyOf = this.#rows[index]!;
        return copyOf.position < 0 ? [] : [{ row, copyOf }];
      });
      if (copies.length > 0) await this.batch.copy(copies);
      return new BatchedSession(this.batch, this.open, rows);
    });
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(() => {
      this.batch.leave(this.#rows);
      this.open.delete(this);
    });
  }

  /** The model's; a shared step reads whole rows back. */
  get #capabilities(): Capabilities {
    const { topLogits: _, ...others } = this.batch.model.capabilities;
    return others;
  }
}
