import type { Tokenizer } from '@nexttoken/model';
import type { Vocabulary } from '../vocabulary/vocabulary';

/** How many ids before the border the tokenizer sees again. */
const context = 16;

/** The bytes as text, without an incomplete character at their end; `undefined` where they are none. */
function textOf(bytes: readonly number[]): { readonly text: string; readonly key: string } | undefined {
  let length = bytes.length;
  while (length > 0 && (bytes[length - 1]! & 0xc0) === 0x80) length--;
  const lead = bytes[length - 1] ?? 0;
  const width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  const whole =
    length > 0 && length - 1 + width === bytes.length ? bytes.length : length - (lead >= 0x80 ? 1 : 0);
  const kept = bytes.slice(0, whole);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(kept));
    return { text, key: String.fromCharCode(...kept) };
  } catch {
    return undefined;
  }
}

/** The last ids before the border, from behind the last special token on. */
function tailOf(ids: ArrayLike<number>, tokenizer: Tokenizer): number[] {
  const tail: number[] = [];
  for (
    let index = ids.length - 1;
    index >= 0 && tail.length < context && !tokenizer.isSpecial(ids[index]!);
    index--
  ) {
    tail.unshift(ids[index]!);
  }
  return tail;
}

/**
 * How the tokenizer cuts forced bytes behind a row: the tokens of `encode(text so far + forced text)` behind the border,
 * if it cuts there; none where a token of that encoding lies across the border.
 *
 * @param isWhole whether nothing follows the bytes: then the last token is certain too
 */
export function forcedIds(
  bytes: readonly number[],
  ids: ArrayLike<number>,
  isWhole: boolean,
  tokenizer: Tokenizer,
  vocabulary: Vocabulary,
): readonly number[] {
  const forced = textOf(bytes);
  if (!forced || forced.key === '') return [];
  let encoded: Int32Array;
  try {
    const before = tokenizer.decode(tailOf(ids, tokenizer));
    encoded = tokenizer.encode(before + forced.text, { addSpecialTokens: false }).ids;
  } catch {
    // Half a character at the border, or a text that the vocabulary cannot spell: nothing is certain.
    return [];
  }
  let start = encoded.length;
  let key = '';
  while (start > 0 && key.length < forced.key.length)
    key = (vocabulary.keyOf(encoded[--start]!) ?? '\0\0') + key;
  if (key !== forced.key) return [];
  const isAll = isWhole && forced.key.length === bytes.length;
  return Array.from(encoded.subarray(start, isAll ? encoded.length : encoded.length - 1));
}
