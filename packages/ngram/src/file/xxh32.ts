const [prime1, prime2, prime3, prime4, prime5] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1];

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const round = (sum: number, word: number): number =>
  Math.imul(rotate((sum + Math.imul(word, prime2)) | 0, 13), prime1);

/**
 * The 32-bit xxHash of some bytes: a checksum, not a cryptographic hash.
 * Source: the xxHash specification, version 0.1.1 (Collet). Cost: some gigabytes a second where the bytes are aligned to 4.
 * @returns an integer in [0, 2^32)
 */
export function xxh32(bytes: Uint8Array, seed = 0): number {
  const length = bytes.length;
  const words = wordsOf(bytes);
  const stripes = length >> 4;
  let hash: number;
  if (stripes > 0) {
    let a = (seed + prime1 + prime2) | 0;
    let b = (seed + prime2) | 0;
    let c = seed | 0;
    let d = (seed - prime1) | 0;
    for (let i = 0; i < stripes * 4; i += 4) {
      a = round(a, words[i]!);
      b = round(b, words[i + 1]!);
      c = round(c, words[i + 2]!);
      d = round(d, words[i + 3]!);
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  } else hash = (seed + prime5) | 0;

  hash = (hash + length) | 0;
  for (let i = stripes * 4; i < length >> 2; i++) {
    hash = Math.imul(rotate((hash + Math.imul(words[i]!, prime3)) | 0, 17), prime4);
  }
  for (let i = length & ~3; i < length; i++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes[i]!, prime5)) | 0, 11), prime1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), prime2);
  hash = Math.imul(hash ^ (hash >>> 13), prime3);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The whole words of some bytes, little-endian; a copy where the bytes are not aligned. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const count = bytes.length >> 2;
  const aligned = (bytes.byteOffset & 3) === 0 ? bytes : new Uint8Array(bytes);
  return toHostOrder(new Int32Array(aligned.buffer, aligned.byteOffset, count));
}

const littleEndian = /* @__PURE__ */ new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Little-endian integers as the machine has them; a swapped copy on a big-endian one. Its own inverse. */
export function toHostOrder(values: Int32Array): Int32Array {
  if (littleEndian) return values;
  return values.map(
    (value) => ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24),
  );
}
