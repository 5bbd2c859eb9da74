import {
  type Capabilities,
  type ForwardOptions,
  type ForwardResult,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
  type TopLogits,
} from '@nexttoken/model';
import {
  checkForwardOptions,
  checkForwardRows,
  checkSelect,
  checkTruncate,
  SessionCalls,
} from '@nexttoken/model/session-calls';
import type { CacheRows } from '../cache/cache-rows';
import { collectAttention } from './collect-attention';
import { collectHiddenStates, type HiddenStateSizes } from './collect-hidden-states';
import { forwardPlan, type PlannedRun } from './forward-plan';

export interface DecoderLimits {
  readonly vocabSize: number;
  readonly contextLength: number;
  readonly capabilities: Capabilities;
  /** Most positions of one run of the graph. */
  readonly chunkLength: number;
  readonly hiddenStates: HiddenStateSizes;
  /** Whose attention patterns the graph gives out; 0 if it does not. */
  readonly attentionLayers: number;
}

/** A `Session` over one cache strategy: checks, chunks, aborts and rolls back; the strategy computes. */
export class DecoderSession implements Session {
  readonly #calls = new SessionCalls();

  constructor(
    readonly cache: CacheRows,
    readonly limits: DecoderLimits,
    readonly onFork: (cache: CacheRows) => Session,
    readonly onDispose: (session: DecoderSession) => void,
  ) {}

  get rowCount(): number {
    return this.cache.lengths.length;
  }

  get lengths(): readonly number[] {
    return [...this.cache.lengths];
  }

  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.#calls.run('forward', async () => {
      checkForwardOptions(options, this.limits.capabilities);
      const tokens = checkForwardRows(rows, this.cache.lengths, this.limits);
      options.signal?.throwIfAborted();
      const request: LogitsRequest = options.logits ?? 'last';
      const before = this.lengths;
      try {
        return (await this.#runAll(tokens, request, options)) as unknown as ForwardResult<Request>;
      } catch (error) {
        this.cache.truncate(before);
        throw this.#explain(error, options.signal);
      }
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.limits.capabilities);
      this.cache.select(parents);
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.cache.lengths, this.limits.capabilities);
      this.cache.truncate(lengths);
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run('fork', async () => this.onFork(this.cache.fork()));
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(async () => {
      await this.cache.dispose();
      this.onDispose(this);
    });
  }

  async #runAll(
    tokens: readonly Int32Array[],
    request: LogitsRequest,
    { signal, onProgress, capture, top }: ForwardOptions,
  ): Promise<ForwardResult> {
    const { vocabSize, chunkLength } = this.limits;
    const results: (Logits | null)[] = tokens.map(() => null);
    const hiddenStates = capture?.hiddenStates
      ? collectHiddenStates(tokens, this.limits.hiddenStates)
      : undefined;
    const attention = capture?.attention
      ? collectAttention(tokens, this.cache.lengths, this.limits.attentionLayers)
      : undefined;
    const topOnly = top !== undefined && request === 'none';
    const best: (TopLogits | null)[] = tokens.map(() => null);
    const captures = {
      hiddenStates: hiddenStates !== undefined,
      attention: attention !== undefined,
      top: top ?? 0,
      topOnly,
    };
    const total = tokens.reduce((sum, row) => sum + row.length, 0);
    let done = 0;
    for (const run of forwardPlan(tokens, topOnly ? 'last' : request, chunkLength, captures)) {
      signal?.throwIfAborted();
      const result = await this.cache.run(run);
      if (result.logits) this.#collect(results, tokens, run, result.logits, vocabSize);
      result.top?.forEach((entry, index) => {
        best[run.firstRow + index] = entry;
      });
      hiddenStates?.add(run, result.hiddenStates!);
      attention?.add(run, result.attention!);
      done += run.positions;
      onProgress?.({ done, total });
    }
    return {
      logits: results,
      ...(top !== undefined && { top: best }),
      ...(hiddenStates && { hiddenStates: hiddenStates.rows }),
      ...(attention && { attention: attention.rows }),
    };
  }

  #collect(
    results: (Logits | null)[],
    tokens: readonly Int32Array[],
    run: PlannedRun,
    data: Float32Array,
    vocabSize: number,
  ): void {
    const length = run.wanted === 'last' ? 1 : run.tokens[0]!.length;
    const size = length * vocabSize;
    if (data.length !== size * run.tokens.length)
      throw new NextTokenError(
        'backend-failed',
        `the graph returned ${data.length} logits instead of ${size * run.tokens.length}`,
      );
    run.tokens.forEach((_, index) => {
      const row = run.firstRow + index;
      const part = data.subarray(index * size, (index + 1) * size);
      const positions = run.wanted === 'last' ? 1 : tokens[row]!.length;
      if (positions === length) {
        results[row] = { data: part, positions, vocabSize };
        return;
      }
      const whole = results[row]?.data ?? new Float32Array(positions * vocabSize);
      whole.set(part, run.offset * vocabSize);
      results[row] = { data: whole, positions, vocabSize };
    });
  }

  #explain(error: unknown, signal: AbortSignal | undefined): unknown {
    if (NextTokenError.isInstance(error) || (signal?.aborted && error === signal.reason)) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new NextTokenError('backend-failed', `the runtime failed: ${message}`, {}, { cause: error });
  }
}
