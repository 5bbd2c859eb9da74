/** Bytes in order, each in its range `[low, high]`. */
type ByteRanges = readonly (readonly [low: number, high: number])[];

const lastOfLength = [0x7f, 0x7ff, 0xffff, 0x10ffff];

function encode(codePoint: number): number[] {
  if (codePoint < 0x80) return [codePoint];
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), 0x80 | (codePoint & 63)];
  if (codePoint < 0x10000)
    return [0xe0 | (codePoint >> 12), 0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63)];
  const [high, low] = [codePoint >> 12, codePoint & 0xfff];
  return [0xf0 | (high >> 6), 0x80 | (high & 63), 0x80 | (low >> 6), 0x80 | (low & 63)];
}

/** Splits where all bytes but the first different one span whole blocks. */
function* split(low: number, high: number, length: number): Generator<ByteRanges, void, undefined> {
  for (let bits = 6; bits < 6 * length; bits += 6) {
    const block = 1 << bits;
    if (low >> bits === high >> bits) break;
    if (low % block !== 0) {
      const end = (Math.floor(low / block) + 1) * block - 1;
      yield* split(low, end, length);
      yield* split(end + 1, high, length);
      return;
    }
    if ((high + 1) % block !== 0) {
      const begin = Math.floor(high / block) * block;
      yield* split(low, begin - 1, length);
      yield* split(begin, high, length);
      return;
    }
  }
  const ends = encode(high);
  yield encode(low).map((byte, index) => [byte, ends[index]!] as const);
}

/** The byte sequences that UTF-8 spells these code points with; the range holds no surrogates. */
export function* utf8Ranges(low: number, high: number): Generator<ByteRanges, void, undefined> {
  let from = low;
  for (const [index, last] of lastOfLength.entries()) {
    if (from > high) return;
    if (from > last) continue;
    const to = Math.min(high, last);
    yield* split(from, to, index + 1);
    from = to + 1;
  }
}
