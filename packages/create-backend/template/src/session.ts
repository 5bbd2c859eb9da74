import {
  type Capabilities,
  type ForwardOptions,
  type ForwardResult,
  invalidParameter,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import { checkRows } from './check-rows.js';
import type { Engine } from './engine.js';

export type Row = readonly number[];

export interface SessionParts {
  readonly engine: Engine;
  readonly capabilities: Capabilities;
  readonly open: (rows: readonly Row[]) => Session;
  readonly close: (session: Session) => void;
}

/** Positions between two looks at the signal. */
const chunk = 32;

/**
 * Rows are lists of ids that are replaced when a call is done, so an error or an abort has nothing to take back. A real
 * runtime keeps its KV cache beside them, and writes `rows` last.
 */
export class MySession implements Session {
  #rows: readonly Row[];
  #running: Promise<unknown> | undefined;
  #disposed = false;

  constructor(
    private readonly parts: SessionParts,
    rows: readonly Row[],
  ) {
    this.#rows = rows;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  get lengths(): readonly number[] {
    return this.#rows.map((row) => row.length);
  }

  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.#alone('forward', async () => {
      const logits = await this.#forward(rows, options);
      return { logits } as ForwardResult<Request>;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#alone('select', async () => {
      const { maxRows } = this.parts.capabilities;
      if (parents.length > maxRows) {
        const details = { capability: 'maxRows', rows: parents.length, maxRows };
        throw new NextTokenError('unsupported-capability', `${parents.length} rows are too many`, details);
      }
      for (const parent of parents) {
        if (Number.isInteger(parent) && parent >= -1 && parent < this.rowCount) continue;
        throw invalidParameter('select', 'parents', parent, `whole numbers from -1 to ${this.rowCount - 1}`);
      }
      this.#rows = parents.map((parent) => (parent < 0 ? [] : this.#rows[parent]!));
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#alone('truncate', async () => {
      if (lengths.length !== this.rowCount)
        throw invalidParameter('truncate', 'lengths', lengths.length, `${this.rowCount} entries, one a row`);
      for (const [row, length] of lengths.entries()) {
        const present = this.#rows[row]!.length;
        if (Number.isInteger(length) && length >= 0 && length <= present) continue;
        throw invalidParameter('truncate', `lengths[${row}]`, length, `a whole number from 0 to ${present}`);
      }
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  fork(): Promise<Session> {
    return this.#alone('fork', async () => this.parts.open(this.#rows));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#running?.catch(() => undefined);
    this.#rows = [];
    this.parts.close(this);
  }

  /** One call at a time, and none after `dispose`. */
  async #alone<T>(call: string, work: () => Promise<T>): Promise<T> {
    if (this.#disposed) throw new NextTokenError('disposed', 'the session was disposed');
    if (this.#running)
      throw new NextTokenError('session-busy', `${call}: another call is running`, { running: call });
    const running = work();
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = undefined;
    }
  }

  async #forward(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { engine } = this.parts;
    const { logits: request = 'last', signal, onProgress } = options;
    checkRows(rows, this.lengths, this.parts, options);
    signal?.throwIfAborted();

    const next = this.#rows.map((row) => [...row]);
    const total = rows.reduce((sum, ids) => sum + ids.length, 0);
    let done = 0;
    const answers: (Logits | null)[] = [];
    for (const [index, ids] of rows.entries()) {
      const positions: Float32Array[] = [];
      for (const id of Array.from(ids)) {
        positions.push(engine.next(next[index]!, id));
        next[index]!.push(id);
        done++;
        if (done % chunk !== 0 && done !== total) continue;
        onProgress?.({ done, total });
        await Promise.resolve();
        if (done < total) signal?.throwIfAborted();
      }
      answers.push(pack(positions, request, engine.vocabSize));
    }
    this.#rows = next;
    return answers;
  }
}

/** Logits of one row, `[positions, vocabSize]`; `null` where nothing was asked or read. */
function pack(positions: readonly Float32Array[], request: LogitsRequest, vocabSize: number): Logits | null {
  if (request === 'none' || positions.length === 0) return null;
  const wanted = request === 'last' ? positions.slice(-1) : positions;
  const data = new Float32Array(wanted.length * vocabSize);
  for (const [position, row] of wanted.entries()) data.set(row, position * vocabSize);
  return { data, positions: wanted.length, vocabSize };
}
