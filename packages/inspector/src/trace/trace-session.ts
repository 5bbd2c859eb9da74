import {
  type Capabilities,
  type ForwardOptions,
  type ForwardResult,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import {
  checkForwardOptions,
  checkForwardRows,
  checkSelect,
  checkTruncate,
  SessionCalls,
} from '@nexttoken/model/session-calls';
import type { Trace } from './trace-data';

type Row = readonly number[];

/** The row that follows these ids in the recorded run. */
function recordedRow({ run, logitsOf }: Trace, ids: Row): Float32Array {
  const step = ids.length - run.promptIds.length;
  const known = [...run.promptIds, ...run.ids];
  const row = ids.every((id, index) => id === known[index]) ? logitsOf(step) : undefined;
  if (row) return row;
  throw new NextTokenError('unsupported-capability', `the trace has no row for step ${step} of this text`, {
    capability: 'context',
    step,
  });
}

/** Rows of ids, answered from a recorded run as long as they say the same. */
export class TraceSession implements Session {
  readonly #calls = new SessionCalls();
  #rows: readonly Row[];

  constructor(
    readonly trace: Trace,
    readonly capabilities: Capabilities,
    /** Sessions that are not disposed yet. */
    readonly open: Set<Session>,
    rows: readonly Row[],
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
      const { contextLength } = this.capabilities;
      const { vocabSize } = this.trace.run.model;
      checkForwardOptions(options, this.capabilities);
      const added = checkForwardRows(rows, this.lengths, { vocabSize, contextLength });
      options.signal?.throwIfAborted();
      const next = this.#rows.map((row, index) => [...row, ...added[index]!]);
      const logits = next.map((ids, index) => this.#answer(ids, added[index]!.length, options.logits));
      this.#rows = next;
      const total = added.reduce((sum, { length }) => sum + length, 0);
      options.onProgress?.({ done: total, total });
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
      async () => new TraceSession(this.trace, this.capabilities, this.open, this.#rows),
    );
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(() => {
      this.open.delete(this);
    });
  }

  /** @param ids the row with its `added` new ids at its end */
  #answer(ids: Row, added: number, request: LogitsRequest = 'last'): Logits | null {
    if (request === 'none' || added === 0) return null;
    const { vocabSize } = this.trace.run.model;
    const positions = request === 'all' ? added : 1;
    const data = new Float32Array(positions * vocabSize);
    for (let position = 0; position < positions; position++) {
      const past = ids.slice(0, ids.length - positions + 1 + position);
      data.set(recordedRow(this.trace, past), position * vocabSize);
    }
    return { data, positions, vocabSize };
  }
}
