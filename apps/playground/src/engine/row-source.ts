import type { LanguageModel, Session } from '@nexttoken/model';

/** What kept rows may take together. */
const defaultBytes = 96 * 2 ** 20;

/**
 * Raw rows for texts, with one session: only what differs from the last text is computed, and a text that was asked for
 * before (undo, another branch) costs nothing while its row is kept.
 */
export class RowSource {
  /** Calls of the model. */
  forwards = 0;
  readonly #times = new WeakMap<Float32Array, number>();
  /** In the order of their last use. */
  readonly #rows = new Map<string, Float32Array>();
  #bytes = 0;
  #session: Session | undefined;
  #cached: number[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly model: LanguageModel,
    readonly mostBytes = defaultBytes,
  ) {}

  /** The row, where it is kept; it is not to be changed. */
  known(ids: readonly number[]): Float32Array | undefined {
    const key = ids.join();
    const row = this.#rows.get(key);
    if (row === undefined) return undefined;
    this.#rows.delete(key);
    this.#rows.set(key, row);
    return row;
  }

  /**
   * The logits that follow the ids, shape `[vocabSize]`; calls wait for each other.
   * @throws NextTokenError `empty-prompt`, `context-overflow`, `backend-failed`
   */
  rowOf(ids: readonly number[], signal?: AbortSignal): Promise<Float32Array> {
    const known = this.known(ids);
    if (known) return Promise.resolve(known);
    const row = this.#last.then(() => this.known(ids) ?? this.#compute(ids, signal));
    this.#last = row.catch(() => undefined);
    return row;
  }

  /** How long the forward pass behind a row took. */
  millisecondsOf(row: Float32Array): number | undefined {
    return this.#times.get(row);
  }

  /** Waits for what is computed, then frees the session. */
  async dispose(): Promise<void> {
    await this.#last;
    this.#rows.clear();
    this.#bytes = 0;
    this.#cached = [];
    const session = this.#session;
    this.#session = undefined;
    await session?.dispose();
  }

  async #compute(ids: readonly number[], signal: AbortSignal | undefined): Promise<Float32Array> {
    this.#session ??= await this.model.createSession();
    let common = 0;
    while (common < this.#cached.length && this.#cached[common] === ids[common]) common++;
    common = Math.max(0, Math.min(common, ids.length - 1));
    if (common < this.#cached.length) await this.#session.truncate([common]);
    this.#cached = ids.slice(0, common);
    const started = performance.now();
    this.forwards++;
    const { logits } = await this.#session.forward([ids.slice(common)], { signal });
    const milliseconds = performance.now() - started;
    this.#cached = [...ids];
    const row = logits[0]!.data.slice();
    this.#times.set(row, milliseconds);
    this.#keep(ids.join(), row);
    return row;
  }

  #keep(key: string, row: Float32Array): void {
    this.#rows.set(key, row);
    this.#bytes += row.byteLength;
    for (const [oldest, old] of this.#rows) {
      if (this.#bytes <= this.mostBytes || oldest === key) break;
      this.#rows.delete(oldest);
      this.#bytes -= old.byteLength;
    }
  }
}
