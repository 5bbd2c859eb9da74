import type { WordVocabulary } from '../vocabulary/word-vocabulary';
import type { SentenceEnds } from './sentence-ends';
import type { TokenBuffer } from './token-buffer';

const newline = 0x0a;
const isSpace = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  for (const byte of [0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d]) table[byte] = 1;
  return table;
})();

/**
 * Cuts UTF-8 into words at ASCII white space, and into sentences at line breaks, without making strings. Pieces may end
 * anywhere, also within a character.
 */
export class ByteReader {
  /** The beginning of a word whose end has not come yet. */
  #rest = new Uint8Array(0);
  #inSentence = false;

  constructor(
    readonly vocabulary: WordVocabulary,
    readonly ids: TokenBuffer,
    readonly sentenceEnds: SentenceEnds,
    readonly endSentence: () => void,
  ) {}

  push(piece: Uint8Array): void {
    let bytes = piece;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + piece.length);
      bytes.set(this.#rest);
      bytes.set(piece, this.#rest.length);
    }
    this.#rest = new Uint8Array(this.#scan(bytes));
  }

  /** The text ends here: so do the last word and the last sentence. */
  end(): void {
    if (this.#rest.length > 0) this.#word(this.#rest, 0, this.#rest.length);
    this.#rest = new Uint8Array(0);
    this.#line();
  }

  /** @returns the bytes of the word that is still open */
  #scan(bytes: Uint8Array): Uint8Array {
    let start = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (isSpace[byte] === 0) continue;
      if (i > start) this.#word(bytes, start, i);
      start = i + 1;
      if (byte === newline) this.#line();
    }
    return bytes.subarray(start);
  }

  #word(bytes: Uint8Array, start: number, end: number): void {
    const id = this.vocabulary.addBytes(bytes, start, end);
    this.ids.push(id);
    this.#inSentence = true;
    if (this.sentenceEnds.has(id)) this.#line();
  }

  #line(): void {
    if (this.#inSentence) this.endSentence();
    this.#inSentence = false;
  }
}
