import {
  type AttentionPatterns,
  type ForwardOptions,
  type ForwardResult,
  type HiddenStates,
  invalidParameter,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
  type TopLogits,
} from '@nexttoken/model';
import { checkRows } from './check-rows';
import { packAttention, packHiddenStates } from './pack-captures';
import { packTop } from './pack-top';
import type { ReferenceModel } from './reference-model';
import type { CachedPosition } from './reference-network';

export type Row = readonly CachedPosition[];

/** Positions between two looks at the signal. */
const chunk = 64;

/**
 * The session of the reference model. Rows are immutable lists that are replaced when a call is done, so
 * an abort or an error has nothing to take back. The protected steps are what the tests of the kit break.
 */
export class ReferenceSession implements Session {
  protected rows: readonly Row[];
  protected running: Promise<unknown> | undefined;
  protected disposed = false;
  /** What the present call has made of every row's new positions: the layers' states, the heads' weights. */
  protected captured: (readonly Float64Array[])[][] = [];
  /** All its logits. */
  protected answered: readonly (readonly Float32Array[])[] = [];
  protected patterns: (readonly Float64Array[])[][] = [];

  constructor(
    protected readonly model: ReferenceModel,
    rows: readonly Row[],
  ) {
    this.rows = rows;
    model.sessions.add(this);
  }

  get rowCount(): number {
    return this.rows.length;
  }

  get lengths(): readonly number[] {
    return this.rows.map((row) => row.length);
  }

  async forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.exclusively('forward', async () => {
      this.captured = rows.map(() => []);
      this.patterns = rows.map(() => []);
      const logits = await this.run(rows, options);
      const hiddenStates = this.captures(options)
        ? { hiddenStates: this.captured.map((positions) => this.hiddenAnswer(positions)) }
        : {};
      const attention = this.capturesAttention(options)
        ? { attention: this.patterns.map((positions) => this.attentionAnswer(positions)) }
        : {};
      const { top } = options;
      const best = this.answersTop(options)
        ? { top: this.answered.map((positions) => this.topAnswer(positions, top ?? 1)) }
        : {};
      return { logits, ...hiddenStates, ...attention, ...best } as ForwardResult<Request>;
    });
  }

  async select(parents: readonly number[]): Promise<void> {
    await this.exclusively('select', async () => {
      this.model.require('select');
      this.model.checkRowCount(parents.length);
      for (const parent of parents) {
        if (!Number.isInteger(parent) || parent < -1 || parent >= this.rowCount) {
          throw invalidParameter(
            'select',
            'parents',
            parent,
            `whole numbers from -1 to ${this.rowCount - 1}`,
          );
        }
      }
      this.rows = this.selected(parents);
    });
  }

  async truncate(lengths: readonly number[]): Promise<void> {
    await this.exclusively('truncate', async () => {
      this.model.require('truncate');
      if (lengths.length !== this.rowCount) {
        throw invalidParameter('truncate', 'lengths', lengths.length, `${this.rowCount} entries, one a row`);
      }
      for (const [index, length] of lengths.entries()) {
        const present = this.rows[index]!.length;
        if (!Number.isInteger(length) || length < 0 || length > present) {
          throw invalidParameter(
            'truncate',
            `lengths[${index}]`,
            length,
            `a whole number from 0 to ${present}`,
          );
        }
      }
      this.rows = this.rows.map((row, index) => this.truncated(row, lengths[index]!));
    });
  }

  async fork(): Promise<Session> {
    return this.exclusively('fork', async () => {
      this.model.require('fork');
      return this.forked();
    });
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.running?.catch(() => undefined);
    this.rows = [];
    this.model.sessions.delete(this);
  }

  /** One call at a time, and none after `dispose`. */
  protected async exclusively<T>(call: string, work: () => Promise<T>): Promise<T> {
    this.refuseIfDisposed();
    this.refuseIfBusy(call);
    const running = work();
    this.running = running;
    try {
      return await running;
    } finally {
      this.running = undefined;
    }
  }

  protected refuseIfDisposed(): void {
    if (this.disposed) throw new NextTokenError('disposed', 'the session was disposed');
  }

  protected refuseIfBusy(call: string): void {
    if (!this.running) return;
    throw new NextTokenError('session-busy', `${call}: another call is running`, { running: 'forward' });
  }

  protected async run(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    this.model.checkNames('forward', options, ['logits', 'top', 'capture', 'signal', 'onProgress']);
    const { logits: request = 'last', signal, onProgress, capture, top } = options;
    if (request === 'all') this.model.require('allPositions');
    if (capture?.hiddenStates) this.model.require('hiddenStates');
    if (capture?.attention) this.model.require('attention');
    if (top !== undefined) this.checkTop(top);
    this.checked(rows);
    signal?.throwIfAborted();

    const total = rows.reduce((sum, ids) => sum + ids.length, 0);
    const next = this.rows.map((row) => [...row]);
    const answers = rows.map((): Float32Array[] => []);
    let done = 0;
    for (const [index, ids] of rows.entries()) {
      for (const id of Array.from(ids)) {
        answers[index]!.push(this.step(next, index, id));
        done++;
        if (done % chunk !== 0 && done !== total) continue;
        onProgress?.({ done, total });
        await Promise.resolve();
        if (done < total) this.stopIfAborted(signal, next);
      }
    }
    this.rows = next;
    this.answered = answers;
    return answers.map((positions) => this.answer(positions, request));
  }

  protected checked(rows: readonly RowTokens[]): void {
    checkRows(rows, this.lengths, this.model);
  }

  /** Appends one id to one row and returns the logits that follow it. */
  protected step(rows: CachedPosition[][], index: number, id: number): Float32Array {
    const row = rows[index]!;
    const { entry, logits, hiddenStates, attention } = this.model.network.next(row, id);
    row.push(entry);
    this.captured[index]!.push(hiddenStates);
    this.patterns[index]!.push(attention);
    return logits;
  }

  protected stopIfAborted(signal: AbortSignal | undefined, _rows: readonly Row[]): void {
    signal?.throwIfAborted();
  }

  protected answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
    if (request === 'none' || positions.length === 0) return null;
    const { vocabSize } = this.model;
    const wanted = request === 'last' ? positions.slice(-1) : positions;
    const data = new Float32Array(wanted.length * vocabSize);
    for (const [position, row] of wanted.entries()) data.set(row, position * vocabSize);
    return { data, positions: wanted.length, vocabSize };
  }

  protected checkTop(top: number): void {
    this.model.require('topLogits');
    const most = this.model.capabilities.topLogits!;
    if (!Number.isInteger(top) || top < 1 || top > most)
      throw invalidParameter('forward', 'top', top, `a whole number from 1 to ${most}`);
  }

  protected answersTop({ top }: ForwardOptions): boolean {
    return top !== undefined;
  }

  protected topAnswer(positions: readonly Float32Array[], count: number): TopLogits | null {
    return packTop(positions, count);
  }

  protected captures({ capture }: ForwardOptions): boolean {
    return capture?.hiddenStates === true;
  }

  protected hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
    return packHiddenStates(positions);
  }

  protected capturesAttention({ capture }: ForwardOptions): boolean {
    return capture?.attention === true;
  }

  protected attentionAnswer(positions: readonly (readonly Float64Array[])[]): AttentionPatterns | null {
    return packAttention(positions);
  }

  protected selected(parents: readonly number[]): readonly Row[] {
    return parents.map((parent) => (parent < 0 ? [] : this.rows[parent]!));
  }

  protected truncated(row: Row, length: number): Row {
    return row.slice(0, length);
  }

  protected forked(): Session {
    return this.model.newSession(this.rows);
  }
}
