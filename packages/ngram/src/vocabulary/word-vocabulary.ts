import { NextTokenError } from '@nexttoken/model';
import { hashBytes } from './hash-bytes';
import { type NgramVocabulary, reservedNames, sentenceBorder, unknownToken } from './ngram-vocabulary';

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });

/** The vocabulary as two arrays: the tokens' UTF-8 bytes one after the other, and where each begins (and the last ends). */
export interface WordVocabularyData {
  readonly bytes: Uint8Array;
  /** Shape `[size + 1]`. */
  readonly starts: Int32Array;
}

/**
 * Spelled tokens and their ids, in order of first appearance. The tokens are kept as UTF-8 in one array, found by
 * open addressing: some 15 bytes a token beside its spelling, no string until somebody asks for one.
 */
export class WordVocabulary implements NgramVocabulary {
  readonly kind = 'words';
  #size = 0;
  #bytes: Uint8Array;
  #starts: Int32Array;
  /** Ids, at most half full; -1 is free. */
  #table: Int32Array;
  #hashes: Int32Array;

  constructor(data?: WordVocabularyData) {
    const count = data ? data.starts.length - 1 : 0;
    // With data there is no room to write in: the first new word makes some.
    const capacity = data ? count : 1024;
    this.#bytes = data?.bytes ?? new Uint8Array(8192);
    this.#starts = data?.starts ?? new Int32Array(capacity + 1);
    this.#hashes = new Int32Array(capacity);
    this.#table = new Int32Array(tableSize(capacity)).fill(-1);
    if (data) this.#fill(count);
    else for (const name of reservedNames) this.add(name);
  }

  get size(): number {
    return this.#size;
  }

  idOf(token: string): number | undefined {
    if (token === '<s>') return sentenceBorder;
    const bytes = encoder.encode(token);
    const id = this.#find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
    return id < 0 ? undefined : id;
  }

  tokenOf(id: number): string | undefined {
    if (!Number.isInteger(id) || id < 0 || id >= this.#size) return undefined;
    return decoder.decode(this.#bytes.subarray(this.#starts[id]!, this.#starts[id + 1]!));
  }

  /** The id of a token, which is added where it is new. @throws NextTokenError `invalid-parameter` for `<s>`, `</s>` */
  add(token: string): number {
    const bytes = encoder.encode(token);
    return this.addBytes(bytes, 0, bytes.length);
  }

  /** {@link WordVocabulary.add} for a token given as UTF-8. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const found = this.#find(bytes, start, end, hash);
    if (found > sentenceBorder) return found;
    if (this.#size > 0 && (found === sentenceBorder || isSentenceStart(bytes, start, end))) {
      throw reservedToken(found === sentenceBorder ? '</s>' : '<s>');
    }
    return this.#append(bytes, start, end, hash);
  }

  /** As arrays that may be stored; views, not copies. */
  toData(): WordVocabularyData {
    const starts = this.#starts.subarray(0, this.#size + 1);
    return { bytes: this.#bytes.subarray(0, starts[this.#size]!), starts };
  }

  /** An independent copy: what is added to one is not in the other. */
  copy(): WordVocabulary {
    const { bytes, starts } = this.toData();
    return new WordVocabulary({ bytes: new Uint8Array(bytes), starts: starts.slice() });
  }

  /** Whether this vocabulary is the other one, perhaps with more words behind. Cost: one comparison a byte. */
  beginsWith(other: WordVocabulary): boolean {
    const [mine, theirs] = [this.toData(), other.toData()];
    return (
      this.size >= other.size &&
      theirs.starts.every((start, id) => mine.starts[id] === start) &&
      theirs.bytes.every((byte, i) => mine.bytes[i] === byte)
    );
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#table[slot]!;
      if (id < 0) return -1;
      if (this.#hashes[id] === hash && this.#spells(id, bytes, start, end)) return id;
    }
  }

  #spells(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#starts[id]!;
    if (this.#starts[id + 1]! - own !== end - start) return false;
    const mine = this.#bytes;
    for (let i = start, j = own; i < end; i++, j++) if (mine[j] !== bytes[i]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const id = this.#size;
    if (id === this.#hashes.length) this.#grow();
    const from = this.#starts[id]!;
    const to = from + end - start;
    if (to > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(to, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let i = start, j = from; i < end; i++, j++) this.#bytes[j] = bytes[i]!;
    this.#starts[id + 1] = to;
    this.#hashes[id] = hash;
    this.#enter(id, hash);
    this.#size++;
    return id;
  }

  #enter(id: number, hash: number): void {
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    while (this.#table[slot]! >= 0) slot = (slot + 1) & mask;
    this.#table[slot] = id;
  }

  #grow(): void {
    const capacity = Math.max(1024, this.#hashes.length * 2);
    const [starts, hashes] = [new Int32Array(capacity + 1), new Int32Array(capacity)];
    starts.set(this.#starts.subarray(0, this.#size + 1));
    hashes.set(this.#hashes);
    [this.#starts, this.#hashes] = [starts, hashes];
    this.#table = new Int32Array(tableSize(capacity)).fill(-1);
    for (let id = 0; id < this.#size; id++) this.#enter(id, hashes[id]!);
  }

  #fill(count: number): void {
    for (let id = 0; id < count; id++) {
      const hash = hashBytes(this.#bytes, this.#starts[id]!, this.#starts[id + 1]!);
      this.#hashes[id] = hash;
      this.#enter(id, hash);
    }
    this.#size = count;
  }
}

function tableSize(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity * 2));
}

function isSentenceStart(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 3 && bytes[start] === 0x3c && bytes[start + 1] === 0x73 && bytes[start + 2] === 0x3e;
}

function reservedToken(token: string): NextTokenError {
  const message = `the token ${token} stands for a sentence border and cannot be a word of the corpus`;
  return new NextTokenError('invalid-parameter', message, {
    parameter: 'token',
    value: token,
    expected: 'any token but <s> and </s>',
  });
}

/** The id that stands for the token in a context or a text to score: the unknown token's where it is new. */
export function idOrUnknown(vocabulary: NgramVocabulary, token: string): number {
  return vocabulary.idOf(token) ?? unknownToken;
}
