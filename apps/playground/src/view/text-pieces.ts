import type { StreamDecoder, Tokenizer } from '@nexttoken/model';
import type { TakenToken, TextState } from '../state/text-state';

/** The text that each taken token adds behind the prompt; decoded once, token by token. */
export class TextPieces {
  #promptIds: readonly number[] | undefined;
  #taken: readonly TakenToken[] = [];
  #pieces: string[] = [];
  #decoder: StreamDecoder | undefined;

  constructor(readonly tokenizer: Tokenizer) {}

  /** One piece a token; a token within a character adds nothing yet. */
  of({ promptIds, taken }: TextState): readonly string[] {
    const continues =
      promptIds === this.#promptIds &&
      this.#taken.length <= taken.length &&
      this.#taken.every((token, index) => token === taken[index]);
    if (!continues || !this.#decoder) {
      this.#decoder = this.tokenizer.createStreamDecoder();
      for (const id of promptIds) this.#decoder.push(id);
      this.#pieces = [];
    }
    for (const { id } of taken.slice(this.#pieces.length)) this.#pieces.push(this.#decoder.push(id));
    this.#promptIds = promptIds;
    this.#taken = taken;
    return this.#pieces;
  }
}
