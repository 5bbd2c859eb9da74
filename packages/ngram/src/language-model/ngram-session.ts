import type {
  ForwardOptions,
  ForwardResult,
  Logits,
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
import type { NgramLanguageModel } from './ngram-language-model';

type Row = readonly number[];

/** Positions between two looks at the signal. */
const chunk = 64;

/** Rows are lists that are never changed, only replaced when a call is done: an abort has nothing to take back. */
export class NgramSession implements Session {
  readonly #calls = new SessionCalls();
  #rows: readonly Row[];

  constructor(
    readonly model: NgramLanguageModel,
    rows: readonly Row[],
  ) {
    this.#rows = rows;
    model.sessions.add(this);
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  get lengths(): readonly number[] {
    return this.#rows.map((row) => row.length);
  }

  async forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    const logits = await this.#calls.run('forward', () => this.#run(rows, options));
    return { logits } as ForwardResult<Request>;
  }

  async select(parents: readonly number[]): Promise<void> {
    await this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.model.capabilities);
      this.#rows = parents.map((parent) => (parent < 0 ? [] : this.#rows[parent]!));
    });
  }

  async truncate(lengths: readonly number[]): Promise<void> {
    await this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.lengths, this.model.capabilities);
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  async fork(): Promise<Session> {
    return this.#calls.run('fork', async () => new NgramSession(this.model, this.#rows));
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(() => {
      this.#rows = [];
      this.model.sessions.delete(this);
    });
  }

  async #run(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { logits: request = 'last', signal, onProgress } = options;
    const { maker, vocabSize, capabilities } = this.model;
    const { contextLength } = capabilities;
    checkForwardOptions(options, capabilities);
    const copies = checkForwardRows(rows, this.lengths, { vocabSize, contextLength });
    signal?.throwIfAborted();

    const total = copies.reduce((sum, ids) => sum + ids.length, 0);
    const answers: (Logits | null)[] = [];
    const next: Row[] = [];
    let done = 0;
    for (const [index, ids] of copies.entries()) {
      const before = this.#rows[index]!.length;
      const row = [...this.#rows[index]!, ...ids];
      const first = request === 'none' ? ids.length : request === 'all' ? 0 : Math.max(0, ids.length - 1);
      const data = new Float32Array((ids.length - first) * vocabSize);
      for (let i = 0; i < ids.length; i++) {
        if (i >= first) {
          const offset = (i - first) * vocabSize;
          maker.write(row.slice(0, before + i + 1), data.subarray(offset, offset + vocabSize));
        }
        done++;
        if (done % chunk !== 0 && done !== total) continue;
        onProgress?.({ done, total });
        await Promise.resolve();
        if (done < total) signal?.throwIfAborted();
      }
      next.push(row);
      answers.push(ids.length > first ? { data, positions: ids.length - first, vocabSize } : null);
    }
    this.#rows = next;
    return answers;
  }
}
