import { byteWordModel } from '../models/byte-word-model';
import { rankOrder } from '../models/rank-order';
import { compilePattern } from '../pre-tokenizers/compile-pattern';
import type { Cut } from '../pre-tokenizers/cut';
import { cutByMatches } from '../pre-tokenizers/cut-by-matches';
import { findPattern } from '../pre-tokenizers/find-pattern';
import { scannerOf } from '../pre-tokenizers/known-scanners';
import { cutByScanner } from '../pre-tokenizers/scanner';
import type { TextPipeline } from '../tokenizer/text-pipeline';
import { createAddedTokenSplitter } from '../tokenizer-json/added-token-splitter';
import type { RankVocabulary } from './rank-vocabulary';

const plain = { special: true, normalized: false, singleWord: false, leftStrip: false, rightStrip: false };

/**
 * Text to ids by a tiktoken table: words by the pattern, each a token or merged from bytes, where a pair's rank is
 * the id of the token it makes.
 *
 * @param special special tokens that are found in a text, with their ids
 */
export function rankPipeline(
  vocabulary: RankVocabulary,
  pattern: string,
  special: readonly (readonly [string, number])[],
): TextPipeline {
  const { table } = vocabulary;
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => table.find(Uint8Array.of(byte), 0, 1));
  const cut = { cut: cutByPattern(pattern) };
  return {
    findRaw: createAddedTokenSplitter(
      special.map(([content, id]) => ({ ...plain, content, id })),
      (content) => content,
    ),
    normalizers: [],
    findNormalized: createAddedTokenSplitter([], (content) => content),
    preTokenizers: [{ type: 'Split', stages: [cut] }],
    stages: [cut],
    model: byteWordModel({
      byteIds,
      order: (bytes) => rankOrder(table, bytes),
      wholeWord: (bytes, length) => table.find(bytes, 0, length),
      tokenOf: (id) => vocabulary.tokenOf(id)!,
      byteLength: vocabulary.byteLength,
    }),
  };
}

function cutByPattern(pattern: string): Cut {
  const scanner = scannerOf(pattern);
  if (scanner !== undefined) return cutByScanner(scanner);
  return cutByMatches(findPattern(compilePattern(pattern)), 'Removed', true);
}
