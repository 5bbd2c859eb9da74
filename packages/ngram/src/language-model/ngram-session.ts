import type {
  ForwardOptions,
  ForwardResult,
  Logits,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import { checkedRows } from './checked-rows';
import { checkLengths, checkParents, checkRowCount, ExclusiveSession, refuse } from './exclusive-session';
import type { NgramLanguageModel } from './ngram-language-model';

type Row = readonly number[];

/** Positions between two looks at the signal. */
const chunk = 64;

/** Rows are lists that are never changed, only replaced when a call is done: an abort has nothing to take back. */
export class NgramSession extends ExclusiveSession implements Session {
  #rows: readonly Row[];

  constructor(
    readonly model: NgramLanguageModel,
    rows: readonly Row[],
  ) {
    super();
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
    const logits = await this.exclusively('forward', () => this.#run(rows, options));
    return { logits } as ForwardResult<Request>;
  }

  async select(parents: readonly number[]): Promise<void> {
    await this.exclusively('select', async () => {
      checkRowCount(parents.length, this.model.capabilities);
      checkParents(parents, this.rowCount);
      this.#rows = parents.map((parent) => (parent < 0 ? [] : this.#rows[parent]!));
    });
  }

  async truncate(lengths: readonly number[]): Promise<void> {
    await this.exclusively('truncate', async () => {
      checkLengths(lengths, this.lengths);
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  async fork(): Promise<Session> {
    return this.exclusively('fork', async () => new NgramSession(this.model, this.#rows));
  }

  protected async release(): Promise<void> {
    this.#rows = [];
    this.model.sessions.delete(this);
  }

  async #run(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { logits: request = 'last', signal, onProgress, capture, top } = options;
    if (capture?.hiddenStates) refuse('hiddenStates');
    if (capture?.attention) refuse('attention');
    if (top !== undefined) refuse('topLogits');
    const { maker, vocabSize, capabilities } = this.model;
    const copies = checkedRows(rows, this.lengths, { vocabSize, contextLength: capabilities.contextLength });
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
