import { type AlignedText, originalRange, unitsAt } from '../text/aligned-text';
import { type IntBuffer, pushInt } from '../text/int-buffer';

/**
 * Appends the original ranges of tokens that follow each other within the word `[start, end)`. A token that holds
 * part of a character has the whole character's range, as in Hugging Face's library: neighbours then overlap.
 *
 * @param lengths how many UTF-8 bytes of the word each token stands for; one of 0 shares the next one's range
 */
export function pushOffsets(
  aligned: AlignedText,
  start: number,
  end: number,
  lengths: IntBuffer,
  offsets: IntBuffer,
): void {
  const { text } = aligned;
  let unit = start;
  let unitByte = 0;
  let byte = 0;
  for (let i = 0; i < lengths.length; i++) {
    // Tokens of no bytes share the range of the next one that has some: it is found once for all of them.
    const first = i;
    while (lengths.data[i] === 0 && i + 1 < lengths.length) i += 1;
    const stop = byte + lengths.data[i]!;
    // To the character that the token's first byte is in …
    while (unit < end && unitByte + bytesAt(text, unit) <= byte) {
      unitByte += bytesAt(text, unit);
      unit += unitsAt(text, unit);
    }
    // … and from there behind the one that its last byte is in.
    let last = unit;
    for (let lastByte = unitByte; last < end && lastByte < stop; last += unitsAt(text, last)) {
      lastByte += bytesAt(text, last);
    }
    const [from, to] = originalRange(aligned, unit, stop === byte ? unit : last);
    for (let token = first; token <= i; token++) {
      pushInt(offsets, from);
      pushInt(offsets, to);
    }
    byte = stop;
  }
}

function bytesAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unitsAt(text, at) === 2 ? 4 : 3;
}
