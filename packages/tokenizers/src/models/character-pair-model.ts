import type { TraceMerge } from '@nexttoken/model';
import type { MergeOrder } from '../bpe/merge-order';
import { createMerger } from '../bpe/merger';
import { utf8Length } from '../bytes/utf8';
import { type IntBuffer, pushInt } from '../text/int-buffer';
import { byteIds } from './byte-ids';
import { createMergeListener } from './merge-listener';
import type { WordModel } from './word-model';

export interface CharacterPairParts {
  readonly idOf: ReadonlyMap<string, number>;
  tokenOf(id: number): string;
  readonly order: MergeOrder;
  /** What a character within a word begins with in the vocabulary. */
  readonly prefix: string;
  /** What a word's last character ends in. */
  readonly suffix: string;
  /** Whether a word that is a token is that token, whatever merging would give. */
  readonly wholeWords: boolean;
  readonly byteFallback: boolean;
  readonly unknown: number | undefined;
  /** Whether neighbours that are unknown become one. */
  readonly fuseUnknown: boolean;
}

const longestKnown = 256;
const capacity = 10_000;

/** BPE over a word's characters. Cost O(n log n) in its length; short words are remembered. */
export function characterPairModel(parts: CharacterPairParts): WordModel {
  const merger = createMerger(parts.order);
  const symbolLengths: IntBuffer = { data: new Int32Array(64), length: 0 };
  const seen = new Map<string, Int32Array>();

  /** First symbols of a word into the merger, their UTF-8 lengths into `symbolLengths`. */
  const prepare = (word: string): number => {
    merger.reserve(4 * word.length);
    symbolLengths.length = 0;
    let count = 0;
    let afterUnknown = false;
    const put = (id: number, length: number) => {
      merger.symbols[count++] = id;
      pushInt(symbolLengths, length);
    };
    const { idOf, prefix, suffix } = parts;
    for (let at = 0; at < word.length; ) {
      const codePoint = word.codePointAt(at)!;
      const next = at + (codePoint > 0xffff ? 2 : 1);
      const character = word.slice(at, next);
      const name = (at === 0 ? '' : prefix) + character + (next === word.length ? suffix : '');
      const id = idOf.get(name);
      const bytes = id === undefined && parts.byteFallback ? byteIds(name, idOf) : undefined;
      if (id !== undefined) put(id, utf8Length(character));
      else if (bytes !== undefined) for (const byteId of bytes) put(byteId, 1);
      else if (parts.unknown !== undefined) {
        if (parts.fuseUnknown && afterUnknown) symbolLengths.data[count - 1]! += utf8Length(character);
        else put(parts.unknown, utf8Length(character));
      }
      afterUnknown = id === undefined && bytes === undefined;
      at = next;
    }
    return count;
  };
  const wholeWord = (word: string) => (parts.wholeWords ? parts.idOf.get(word) : undefined);
  return {
    type: 'BPE',
    encode(text, start, end, ids, lengths) {
      const word = text.slice(start, end);
      const known = lengths === undefined ? seen.get(word) : undefined;
      if (known !== undefined) {
        for (const id of known) pushInt(ids, id);
        return;
      }
      const first = ids.length;
      const whole = wholeWord(word);
      if (whole !== undefined) {
        pushInt(ids, whole);
        if (lengths) pushInt(lengths, utf8Length(word));
      } else {
        const count = merger.run(prepare(word));
        for (let i = 0; i < count; i++) {
          pushInt(ids, merger.symbols[i]!);
          if (lengths) pushInt(lengths, sum(symbolLengths.data, merger.starts[i]!, merger.starts[i + 1]!));
        }
      }
      if (word.length >= longestKnown) return;
      if (seen.size >= capacity) seen.clear();
      seen.set(word, ids.data.slice(first, ids.length));
    },
    explain(word) {
      const count = prepare(word);
      const symbols = Array.from(merger.symbols.subarray(0, count), parts.tokenOf);
      const merges: TraceMerge[] = [];
      if (wholeWord(word) === undefined)
        merger.run(count, createMergeListener(symbols, merges, parts.prefix));
      return { symbols, merges };
    },
  };
}

function sum(values: Int32Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i]!;
  return total;
}
