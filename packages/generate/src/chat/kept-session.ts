import type { LanguageModel, Session } from '@nexttoken/model';

/** A session that is kept between answers, with the ids that it holds, so that what stays the same is not read again. */
export class KeptSession {
  #session: Session | undefined;
  #ids: readonly number[] = [];

  constructor(readonly model: LanguageModel) {}

  /**
   * Brings the session to the longest beginning of `ids` that it holds, short of the last one.
   * @returns it and how many ids it holds
   */
  async at(ids: ArrayLike<number>): Promise<{ readonly session: Session; readonly cached: number }> {
    let cached = 0;
    while (cached < this.#ids.length && cached < ids.length - 1 && this.#ids[cached] === ids[cached])
      cached++;
    if (cached < this.#ids.length && !this.model.capabilities.truncate) {
      await this.drop();
      cached = 0;
    }
    this.#session ??= await this.model.createSession();
    if (cached < this.#ids.length) await this.#session.truncate([cached]);
    this.#ids = Array.from(ids).slice(0, cached);
    return { session: this.#session, cached };
  }

  /** Notes what the session has read: a beginning of these ids. */
  keep(ids: readonly number[]): void {
    this.#ids = ids.slice(0, this.#session?.lengths[0] ?? 0);
  }

  async drop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#ids = [];
    await session?.dispose();
  }
}
