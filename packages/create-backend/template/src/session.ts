import type {
  Capabilities,
  ForwardOptions,
  ForwardResult,
  Logits,
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
 * runtime keeps its KV cache beside them, and writes `rows` last. Every call is checked first: a wrong one changes nothing.
 */
export class MySession implements Session {
  #rows: readonly Row[];
  /** One call at a time, and none after `dispose`. */
  readonly #calls = new SessionCalls();

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
    return this.#calls.run('forward', async () => {
      const logits = await this.#forward(rows, options);
      return { logits } as ForwardResult<Request>;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.parts.capabilities);
      this.#rows = parents.map((parent) => (parent < 0 ? [] : this.#rows[parent]!));
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.lengths, this.parts.capabilities);
      this.#rows = this.#rows.map((row, index) => row.slice(0, lengths[index]));
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run('fork', async () => {
      checkCapability('fork', 'fork', this.parts.capabilities);
      return this.parts.open(this.#rows);
    });
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(() => {
      this.#rows = [];
      this.parts.close(this);
    });
  }

  async #forward(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { engine, capabilities } = this.parts;
    const { logits: request = 'last', signal, onProgress } = options;
    checkForwardOptions(options, capabilities);
    const added = checkForwardRows(rows, this.lengths, engine);
    signal?.throwIfAborted();

    const next = this.#rows.map((row) => [...row]);
    const total = added.reduce((sum, ids) => sum + ids.length, 0);
    let done = 0;
    const answers: (Logits | null)[] = [];
    for (const [index, ids] of added.entries()) {
      const positions: Float32Array[] = [];
      for (const id of ids) {
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
