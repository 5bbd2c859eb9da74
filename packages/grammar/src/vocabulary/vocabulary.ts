import type { Tokenizer } from '@nexttoken/model';
import { buildTokenTree, type TokenEntry, type TokenTree } from './token-tree';

/** Tokens as bits, and how many they are. */
export interface TokenMask {
  readonly bits: Int32Array;
  readonly count: number;
}

/** What a grammar knows of a tokenizer: the bytes of its ordinary tokens. Special, unused and empty ones have none. */
export interface Vocabulary {
  readonly vocabSize: number;
  /** Tokens of printable ASCII without `"` and `\`: most of a text, in which most grammars tell no two apart. */
  readonly plain: TokenTree;
  /** All others. */
  readonly other: TokenTree;
  /** Whether (nearly) every token begins with a space, as tokenizers of words put one between any two. */
  readonly isSpaced: boolean;
  /** Bytes of the longest token. */
  readonly longest: number;
  /** The plain tokens of at most so many bytes. */
  plainUpTo(length: number): TokenMask;
  /** The bytes of an ordinary token, one code unit a byte; `undefined` for any other id. */
  keyOf(id: number): string | undefined;
}

/** Whether a byte is printable ASCII and neither `"` nor `\`. */
export const isPlain = (byte: number): boolean =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;

function isPlainKey(key: string): boolean {
  for (let index = 0; index < key.length; index++) if (!isPlain(key.charCodeAt(index))) return false;
  return true;
}

function readTokens(tokenizer: Tokenizer): (TokenEntry | undefined)[] {
  return Array.from({ length: tokenizer.vocabSize }, (_, id) => {
    if (tokenizer.isSpecial(id)) return undefined;
    const bytes = tokenizer.bytesOf(id);
    // Depths are 16 bits wide; no vocabulary has longer tokens.
    if (!bytes || bytes.length === 0 || bytes.length > 0xfffe) return undefined;
    let key = '';
    for (const byte of bytes) key += String.fromCharCode(byte);
    return { id, key };
  });
}

function readVocabulary(tokenizer: Tokenizer): Vocabulary {
  const byId = readTokens(tokenizer);
  const tokens = byId.filter((entry) => entry !== undefined);
  const plain = tokens.filter(({ key }) => isPlainKey(key));
  const { vocabSize } = tokenizer;
  const masks: TokenMask[] = [];
  const longestPlain = plain.reduce((most, { key }) => Math.max(most, key.length), 0);
  return {
    vocabSize,
    plain: buildTokenTree(plain),
    other: buildTokenTree(tokens.filter(({ key }) => !isPlainKey(key))),
    isSpaced: tokens.filter(({ key }) => key.startsWith(' ')).length > 0.95 * tokens.length,
    longest: tokens.reduce((most, { key }) => Math.max(most, key.length), 0),
    plainUpTo(length) {
      const limit = Math.min(length, longestPlain);
      if (!masks[limit]) {
        const bits = new Int32Array(Math.ceil(vocabSize / 32));
        const fitting = plain.filter(({ key }) => key.length <= limit);
        for (const { id } of fitting) bits[id >> 5] = bits[id >> 5]! | (1 << (id & 31));
        masks[limit] = { bits, count: fitting.length };
      }
      return masks[limit];
    },
    keyOf: (id) => byId[id]?.key,
  };
}

const known = new WeakMap<Tokenizer, Vocabulary>();

/** The vocabulary of a tokenizer, read once and kept as long as the tokenizer. */
export function vocabularyOf(tokenizer: Tokenizer): Vocabulary {
  let vocabulary = known.get(tokenizer);
  if (!vocabulary) {
    vocabulary = readVocabulary(tokenizer);
    known.set(tokenizer, vocabulary);
  }
  return vocabulary;
}
