import type { TraceMerge } from '@nexttoken/model';
import type { MergeOrder } from '../bpe/merge-order';
import { createMerger } from '../bpe/merger';
import { createWordTable } from '../bpe/word-table';
import { writeUtf8 } from '../bytes/write-utf8';
import { pushInt } from '../text/int-buffer';
import { createMergeListener } from './merge-listener';
import type { WordModel } from './word-model';

/** What byte-level vocabularies differ in. */
export interface ByteWordParts {
  /** The id of each byte, shape `[256]`; a byte with -1 is left out. */
  readonly byteIds: Int32Array;
  /** The order of merges; `bytes` is the word that is being merged. */
  order(bytes: () => Uint8Array): MergeOrder;
  /** Where a word that is a token is that token whatever merging would give: its id, -1 for any other word. */
  readonly wholeWord?: ((bytes: Uint8Array, length: number) => number) | undefined;
  tokenOf(id: number): string;
  /** How many bytes a token stands for. */
  byteLength(id: number): number;
}

/**
 * Byte-level BPE over the words of a text itself, without spelling them: words that were seen before are copied
 * out of a table, others are merged from their bytes. Cost O(n log n) in a new word's length, O(n) for a known one.
 */
export function byteWordModel(parts: ByteWordParts): WordModel {
  const { byteIds, wholeWord } = parts;
  let bytes = new Uint8Array(256);
  let length = 0;
  const merger = createMerger(parts.order(() => bytes));
  const seen = createWordTable();

  const prepare = (text: string, start: number, end: number): number => {
    if (3 * (end - start) > bytes.length) bytes = new Uint8Array(6 * (end - start));
    length = writeUtf8(text, start, end, bytes);
    merger.reserve(length);
    const { symbols } = merger;
    let count = 0;
    for (let i = 0; i < length; i++) {
      const id = byteIds[bytes[i]!]!;
      if (id !== -1) symbols[count++] = id;
    }
    return count;
  };
  return {
    type: 'BPE',
    encode(text, start, end, ids, lengths) {
      const first = ids.length;
      if (!seen.copy(text, start, end, ids)) {
        const symbols = prepare(text, start, end);
        const whole = wholeWord === undefined ? -1 : wholeWord(bytes, length);
        if (whole >= 0) pushInt(ids, whole);
        else {
          const count = merger.run(symbols);
          for (let i = 0; i < count; i++) pushInt(ids, merger.symbols[i]!);
        }
        seen.add(text, start, end, ids, first);
      }
      if (lengths) for (let i = first; i < ids.length; i++) pushInt(lengths, parts.byteLength(ids.data[i]!));
    },
    explain(word) {
      const count = prepare(word, 0, word.length);
      const symbols = Array.from(merger.symbols.subarray(0, count), parts.tokenOf);
      const merges: TraceMerge[] = [];
      if (wholeWord !== undefined && wholeWord(bytes, length) >= 0) return { symbols, merges };
      merger.run(count, createMergeListener(symbols, merges));
      return { symbols, merges };
    },
  };
}
