import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { mergeSymbols, type PairTable } from '../bpe/merge-symbols';
import { cacheWords } from '../bpe/word-cache';
import { spellBytes } from '../bytes/byte-alphabet';
import { encodeUtf8 } from '../bytes/utf8';
import { split } from '../tokenizer-json/split-pattern';

/**
 * Encodes text by a tiktoken table: words by the pattern, each a token or merged from bytes, where a pair's rank is
 * the id of the token it makes. Cost O(n log n) in the word's length (tiktoken's own is quadratic).
 */
export function createRankEncoder(
  tokens: readonly (string | undefined)[],
  idOf: ReadonlyMap<string, number>,
  pattern: string,
): (text: string) => number[] {
  const splitter = new SplitPreTokenizer(split(pattern, 'Removed', true));
  const table: PairTable = {
    rank: (left, right) => idOf.get(tokens[left]! + tokens[right]!) ?? -1,
    merged: (rank) => rank,
  };
  const encodeWord = cacheWords((word) => {
    const spelling = spellBytes(encodeUtf8(word));
    const whole = idOf.get(spelling);
    if (whole !== undefined) return [whole];
    return mergeSymbols(
      Array.from(spelling, (byte) => idOf.get(byte)!),
      table,
    );
  });
  return (text) => {
    const ids: number[] = [];
    for (const word of splitter.pre_tokenize_text(text)) for (const id of encodeWord(word)) ids.push(id);
    return ids;
  };
}
