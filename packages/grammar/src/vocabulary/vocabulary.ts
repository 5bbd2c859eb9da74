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
  readonly tree: TokenTree;
  /** Whether (nearly) every token begins with a space, as tokenizers of words put one between any two. */
  readonly isSpaced: boolean;
  /** Bytes of the longest token. */
  readonly longest: number;
  /** The bytes of an ordinary token, one code unit a byte; `undefined` for any other id. */
  keyOf(id: number): string | undefined;
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
  return {
    vocabSize: tokenizer.vocabSize,
    tree: buildTokenTree(tokens),
    isSpaced: tokens.filter(({ key }) => key.startsWith(' ')).length > 0.95 * tokens.length,
    longest: tokens.reduce((most, { key }) => Math.max(most, key.length), 0),
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
