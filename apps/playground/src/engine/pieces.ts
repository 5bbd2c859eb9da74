import type { StreamDecoder, Tokenizer } from '@nexttoken/model';

/** The text that each id behind the prompt makes certain; decoded once, id by id. */
export class Pieces {
  #ids: readonly number[] = [];
  #promptLength = -1;
  #pieces: string[] = [];
  #decoder: StreamDecoder | undefined;

  constructor(readonly tokenizer: Tokenizer) {}

  /** One piece an id behind the prompt; an id within a character adds nothing yet. */
  of(ids: readonly number[], promptLength: number): readonly string[] {
    const known = this.#ids;
    const continues =
      promptLength === this.#promptLength &&
      known.length <= ids.length &&
      known.every((id, index) => id === ids[index]);
    if (!continues || !this.#decoder) {
      this.#decoder = this.tokenizer.createStreamDecoder();
      for (const id of ids.slice(0, promptLength)) this.#decoder.push(id);
      this.#pieces = [];
    }
    for (const id of ids.slice(promptLength + this.#pieces.length)) this.#pieces.push(this.#decoder.push(id));
    this.#ids = [...ids];
    this.#promptLength = promptLength;
    return this.#pieces;
  }
}
