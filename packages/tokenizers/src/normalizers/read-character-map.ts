import { decodeUtf8 } from '../bytes/utf8';

/** What a compiled character map replaces. */
export interface CharacterMap {
  /** The replacement of the shortest beginning of `key` that has one. */
  find(key: Uint8Array): string | undefined;
}

/**
 * Reads SentencePiece's `precompiled_charsmap`: the size of a double-array trie, the trie, and the replacements,
 * each ending in NUL. Source: SentencePiece's `normalizer.cc` and darts-clone's unit layout.
 *
 * @throws RangeError when it is cut off
 */
export function readCharacterMap(charsmap: string | Uint8Array): CharacterMap {
  const bytes = typeof charsmap === 'string' ? fromBase64(charsmap) : charsmap;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  if (size % 4 !== 0 || 4 + size > bytes.length) throw new RangeError('the character map is cut off');
  const units = Uint32Array.from({ length: size / 4 }, (_, index) => view.getUint32(4 + 4 * index, true));
  const replacements = bytes.subarray(4 + size);
  return {
    find(key) {
      let unit = units[0]!;
      let at = offsetOf(unit);
      for (const byte of key) {
        if (byte === 0) return undefined;
        at ^= byte;
        unit = units[at] ?? 0;
        if ((unit & 0x800000ff) >>> 0 !== byte) return undefined;
        at ^= offsetOf(unit);
        if (((unit >>> 8) & 1) === 1) return readUntilNul(replacements, units[at]! & 0x7fffffff);
      }
      return undefined;
    },
  };
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

function readUntilNul(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start);
  return decodeUtf8(bytes.subarray(start, end === -1 ? bytes.length : end));
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
