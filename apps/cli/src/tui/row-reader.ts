import type { LanguageModel, Session } from '@nexttoken/model';

/** Rows that are kept, so that going back costs nothing. */
const keptRows = 64;

/** Reads the row behind any text that begins with the prompt, in one session that is cut back as needed. */
export class RowReader {
  readonly #rows = new Map<string, Float32Array>();
  #cached: readonly number[] = [];

  constructor(
    readonly model: LanguageModel,
    readonly session: Session,
  ) {}

  /** The raw logits behind these ids: a copy, shape `[vocabSize]`. */
  async rowBehind(ids: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    const key = ids.join(' ');
    const known = this.#rows.get(key);
    if (known) return known;
    let common = 0;
    while (common < ids.length - 1 && this.#cached[common] === ids[common]) common++;
    if (this.#cached.length > common) await this.session.truncate([common]);
    this.#cached = ids.slice(0, common);
    const { logits } = await this.session.forward([ids.slice(common)], { signal });
    this.#cached = ids;
    const row = Float32Array.from(logits[0]!.data);
    this.#rows.set(key, row);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > keptRows && oldest !== undefined) this.#rows.delete(oldest);
    return row;
  }
}
