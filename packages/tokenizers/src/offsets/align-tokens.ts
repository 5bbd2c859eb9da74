import type { TokenOffset } from '@nexttoken/model';
import { utf8Length } from '../bytes/utf8';

/**
 * Offsets of tokens that together spell a text byte by byte. A token that ends within a character counts the
 * whole character, as Hugging Face does: neighbours then overlap.
 *
 * @param byteLengths how many UTF-8 bytes of `text` each token stands for
 * @param shift how many units of `text` were put in front of the original; they count as its first character
 * @param base where the original begins in the whole text
 * @returns offsets in UTF-16 units of the whole text; `undefined` when the lengths do not add up to the text
 */
export function alignTokens(
  text: string,
  byteLengths: readonly number[],
  shift: number,
  base: number,
): TokenOffset[] | undefined {
  if (byteLengths.reduce((sum, length) => sum + length, 0) !== utf8Length(text)) return undefined;
  const offsets: TokenOffset[] = [];
  const firstEnd = shift + unitsAt(text, shift);
  let unit = 0;
  let unitByte = 0;
  let byte = 0;
  for (const length of byteLengths) {
    const end = byte + length;
    while (unit < text.length && unitByte + bytesAt(text, unit) <= byte) {
      unitByte += bytesAt(text, unit);
      unit += unitsAt(text, unit);
    }
    const start = Math.max(unit, shift);
    while (unit < text.length && unitByte + bytesAt(text, unit) < end) {
      unitByte += bytesAt(text, unit);
      unit += unitsAt(text, unit);
    }
    const stop = length === 0 ? start : unit < shift ? firstEnd : unit + unitsAt(text, unit);
    offsets.push([base + start - shift, base + stop - shift]);
    byte = end;
  }
  return offsets;
}

function unitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 ? 2 : 1;
}

function bytesAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit < 0xdc00 ? 4 : 3;
}
