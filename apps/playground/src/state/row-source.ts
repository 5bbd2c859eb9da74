import type { LanguageModel, Session } from '@nexttoken/model';
import { idsOf, type TextState } from './text-state';

/**
 * Raw rows for texts, with one session: only what differs from the last text is computed, and a text that was asked for
 * before (undo) costs nothing.
 */
export class RowSource {
  readonly #rows = new WeakMap<TextState, Float32Array>();
  #session: Session | undefined;
  #cached: number[] = [];

  constructor(readonly model: LanguageModel) {}

  known(text: TextState): Float32Array | undefined {
    return this.#rows.get(text);
  }

  /**
   * The logits that follow the text, shape `[vocabSize]`; one call at a time.
   * @throws NextTokenError `empty-prompt`, `context-overflow`, `backend-failed`
   */
  async rowOf(text: TextState, signal?: AbortSignal): Promise<Float32Array> {
    const known = this.#rows.get(text);
    if (known) return known;
    this.#session ??= await this.model.createSession();
    const ids = idsOf(text);
    let common = 0;
    while (common < this.#cached.length && this.#cached[common] === ids[common]) common++;
    common = Math.max(0, Math.min(common, ids.length - 1));
    if (common < this.#cached.length) await this.#session.truncate([common]);
    this.#cached = ids.slice(0, common);
    const { logits } = await this.#session.forward([ids.slice(common)], { signal });
    this.#cached = ids;
    const row = logits[0]!.data.slice();
    this.#rows.set(text, row);
    return row;
  }
}
