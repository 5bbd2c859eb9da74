import { align } from '../numbers/align';

/**
 * Unpacks 32-bit words of `32 / bits` unsigned integers each, lowest bits first, in the order of the words.
 * @param order which place the i-th integer of a word takes among its neighbours; default as it stands
 */
export function packedIntegers(bytes: Uint8Array, bits: number, order?: readonly number[]): Uint8Array {
  const aligned = align(bytes, 4);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  const perWord = 32 / bits;
  const mask = (1 << bits) - 1;
  const values = new Uint8Array(words.length * perWord);
  for (let word = 0, at = 0; word < words.length; word++, at += perWord) {
    const packed = words[word]!;
    for (let i = 0; i < perWord; i++) values[at + (order ? order[i]! : i)] = (packed >>> (i * bits)) & mask;
  }
  return values;
}
