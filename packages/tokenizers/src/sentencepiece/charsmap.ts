import { decodeUtf8 } from '../bytes/utf8';
import { invalidModel } from './invalid-model';

/** Replacement rules of a normalizer, e.g. of NFKC. */
export interface Charsmap {
  /** Whether a rule may begin with the byte. */
  mayStart(byte: number): boolean;
  /** How many bytes the longest rule that matches at `at` takes; 0 where none does. */
  match(bytes: Uint8Array, at: number): number;
  /** What the rule that matched last puts there. */
  replacement(): string;
}

/**
 * Reads a compiled character map: the length of a double array (uint32, little endian), the double array of
 * 32-bit units, then the replacements, each ended by a zero byte.
 *
 * A unit is either a node or, where bit 31 is set, a value (the start of a replacement). Bits 0 to 7 are the label
 * that must be the byte that led here, bit 8 says that a value is among the children, bits 10 to 30 the offset to
 * the children, in steps of 256 when bit 9 is set; the child for a byte is at `(node ^ offset) ^ byte`.
 * Source: the format of darts-clone. Cost: O(length of the match), no copy.
 *
 * @throws NextTokenError `invalid-file` when the lengths do not fit
 */
export function readCharsmap(blob: Uint8Array): Charsmap {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const size = blob.length > 4 ? view.getUint32(0, true) : Number.POSITIVE_INFINITY;
  if (size % 4 !== 0 || size === 0 || 4 + size > blob.length) {
    throw invalidModel('its character map is truncated', { field: 'precompiled_charsmap' });
  }
  const units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + i * 4, true));
  const texts = blob.subarray(4 + size);
  const known = new Map<number, string>();
  const root = offsetOf(units[0]!);
  let value = 0;
  return {
    mayStart: (byte) => labelOf(units[root ^ byte] ?? 0) === byte,
    match(bytes, at) {
      let longest = 0;
      let node = root;
      for (let end = at; end < bytes.length; ) {
        const byte = bytes[end]!;
        node ^= byte;
        const unit = units[node];
        if (unit === undefined || labelOf(unit) !== byte) break;
        end += 1;
        node ^= offsetOf(unit);
        if (((unit >>> 8) & 1) === 0) continue;
        longest = end - at;
        value = (units[node] ?? 0) & 0x7fffffff;
      }
      return longest;
    },
    replacement() {
      let text = known.get(value);
      if (text === undefined) {
        const end = texts.indexOf(0, value);
        if (end === -1)
          throw invalidModel('a rule of its character map leads nowhere', { field: 'precompiled_charsmap' });
        text = decodeUtf8(texts.subarray(value, end));
        known.set(value, text);
      }
      return text;
    },
  };
}

/** Label, with bit 31 left in: a value is no label. */
function labelOf(unit: number): number {
  return (unit & 0x800000ff) >>> 0;
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
