import { invalidParameter } from '@nexttoken/model';

const chunkLength = 2 ** 18;
/** Positions are int32. */
export const maximumLength = 2 ** 31 - 1;

/** @throws NextTokenError `invalid-parameter` for more positions than an index can have */
export function checkCorpusLength(length: number, owner: string): void {
  if (Number.isInteger(length) && length >= 0 && length <= maximumLength) return;
  throw invalidParameter(owner, 'tokens', length, `an integer from 0 to ${maximumLength} (2^31 - 1)`);
}

/** Ids appended one by one, in pieces of a megabyte, so that growing never copies. */
export class TokenBuffer {
  readonly #full: Int32Array[] = [];
  #last = new Int32Array(chunkLength);
  #used = 0;

  get length(): number {
    return this.#full.length * chunkLength + this.#used;
  }

  push(id: number): void {
    if (this.#used === chunkLength) {
      checkCorpusLength(this.length + chunkLength, 'corpus');
      this.#full.push(this.#last);
      this.#last = new Int32Array(chunkLength);
      this.#used = 0;
    }
    this.#last[this.#used++] = id;
  }

  /** All ids in one array; the buffer is empty afterwards. */
  take(): Int32Array {
    const ids = new Int32Array(this.length);
    let offset = 0;
    for (const chunk of this.#full) {
      ids.set(chunk, offset);
      offset += chunkLength;
    }
    ids.set(this.#last.subarray(0, this.#used), offset);
    this.#full.length = 0;
    this.#used = 0;
    return ids;
  }
}
