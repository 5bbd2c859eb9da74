import type {
  Capabilities,
  ForwardOptions,
  ForwardResult,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import {
  checkForwardOptions,
  checkForwardRows,
  checkSelect,
  checkTruncate,
  SessionCalls,
} from '@nexttoken/model/session-calls';
import { fetchLogits, type TokenAsking } from './fetch-logits';

/** Rows are lists of ids: the server keeps what it likes of them, and every call says the whole text. */
export class TokenSession implements Session {
  #rows: readonly (readonly number[])[];
  readonly #calls = new SessionCalls();

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
    return this.#calls.run('forward', async () => {
      const { vocabSize } = this.asking;
      const { contextLength } = this.capabilities;
      checkForwardOptions(options, this.capabilities);
      const tokens = checkForwardRows(rows, this.lengths, { vocabSize, contextLength });
      const signal = options.signal ?? new AbortController().signal;
      signal.throwIfAborted();
      const next = this.#rows.map((row, index) => [...row, ...tokens[index]!]);
      const asked = next.filter((_, index) => tokens[index]!.length > 0);
      const answers = options.logits === 'none' ? [] : await fetchLogits(asked, this.asking, signal);
      const total = tokens.reduce((sum, { length }) => sum + length, 0);
      options.onProgress?.({ done: total, total });
      this.#rows = next;
      let answered = 0;
      const logits = tokens.map(({ length }) => {
        const data = length > 0 ? answers[answered++] : undefined;
        return data ? { data, positions: 1, vocabSize } : null;
      });
      return { logits } as unknown as ForwardResult<Request>;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.capabilities);
      this.#rows = parents.map((parent) => this.#rows[parent] ?? []);
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.lengths, this.capabilities);
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run(
      'fork',
      async () => new TokenSession(this.asking, this.capabilities, this.open, this.#rows),
    );
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(() => {
      this.#rows = [];
      this.open.delete(this);
    });
  }
}
