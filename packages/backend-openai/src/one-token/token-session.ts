import {
  type Capabilities,
  type ForwardOptions,
  type ForwardResult,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import { checkLengths, checkOptions, checkParents, checkRows } from './check-call';
import { fetchLogits, type TokenAsking } from './fetch-logits';

/** Rows are lists of ids: the server keeps what it likes of them, and every call says the whole text. */
export class TokenSession implements Session {
  #rows: readonly (readonly number[])[];
  #running: { readonly call: string; readonly ended: Promise<unknown> } | undefined;
  #disposed = false;

  constructor(
    readonly asking: TokenAsking,
    readonly capabilities: Capabilities,
    readonly open: Set<Session>,
    rows: readonly (readonly number[])[],
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
    return this.#exclusively('forward', async () => {
      checkOptions(options);
      const { vocabSize } = this.asking;
      checkRows(rows, this.lengths, vocabSize, this.capabilities);
      const signal = options.signal ?? new AbortController().signal;
      signal.throwIfAborted();
      const next = this.#rows.map((row, index) => [...row, ...Array.from(rows[index]!)]);
      const asked = next.filter((_, index) => rows[index]!.length > 0);
      const answers = options.logits === 'none' ? [] : await fetchLogits(asked, this.asking, signal);
      const total = rows.reduce((sum, { length }) => sum + length, 0);
      options.onProgress?.({ done: total, total });
      this.#rows = next;
      let answered = 0;
      const logits = rows.map(({ length }) => {
        const data = length > 0 ? answers[answered++] : undefined;
        return data ? { data, positions: 1, vocabSize } : null;
      });
      return { logits } as unknown as ForwardResult<Request>;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#exclusively('select', async () => {
      checkParents(parents, this.rowCount);
      this.#rows = parents.map((parent) => this.#rows[parent] ?? []);
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#exclusively('truncate', async () => {
      checkLengths(lengths, this.lengths);
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  fork(): Promise<Session> {
    return this.#exclusively(
      'fork',
      async () => new TokenSession(this.asking, this.capabilities, this.open, this.#rows),
    );
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#running?.ended.catch(() => undefined);
    this.#rows = [];
    this.open.delete(this);
  }

  /** One call at a time, and none after `dispose`. */
  async #exclusively<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#disposed) throw new NextTokenError('disposed', `${call}: the session was disposed`);
    if (this.#running) {
      const running = this.#running.call;
      throw new NextTokenError('session-busy', `${call}: ${running} is still running`, { running });
    }
    const ended = work();
    this.#running = { call, ended };
    try {
      return await ended;
    } finally {
      this.#running = undefined;
    }
  }
}
