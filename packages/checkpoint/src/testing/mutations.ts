import fc from 'fast-check';

/** A way to break a file. */
export type Mutation = (file: Uint8Array) => Uint8Array;

/** Numbers that overflow something, or point beyond the end. */
const nasty = [
  0n,
  1n,
  2n ** 16n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 40n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/**
 * Mutations of a file whose header has `headerEnd` bytes: truncated, a length or count overwritten by an absurd one (of
 * 32 or 64 bits), another magic, parts of the header repeated, left out or swapped, bytes flipped, deeply nested brackets
 * or arrays put in.
 */
export function mutations(file: Uint8Array, headerEnd: number): fc.Arbitrary<Mutation> {
  const place = fc.nat(headerEnd);
  const truncated = fc.nat(file.length - 1).map(
    (length): Mutation =>
      (bytes) =>
        bytes.slice(0, length),
  );
  const number = fc.oneof(fc.constantFrom(...nasty), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
  const overwritten = fc.tuple(place, number, fc.boolean()).map(
    ([at, value, wide]): Mutation =>
      (bytes) => {
        const view = new DataView(new ArrayBuffer(8));
        view.setBigUint64(0, value, true);
        return replaced(bytes, at, new Uint8Array(view.buffer, 0, wide ? 8 : 4));
      },
  );
  const magic = fc.uint8Array({ minLength: 4, maxLength: 8 }).map(
    (start): Mutation =>
      (bytes) =>
        replaced(bytes, 0, start),
  );
  const flipped = fc
    .array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 })
    .map(
      (flips): Mutation =>
        (bytes) => {
          const broken = bytes.slice();
          for (const [at, mask] of flips) broken[at]! ^= mask;
          return broken;
        },
    );
  const cut = fc.tuple(place, fc.integer({ min: 1, max: 200 })).map(
    ([at, length]): Mutation =>
      (bytes) =>
        spliced(bytes, at, length, new Uint8Array(0)),
  );
  const repeated = fc.tuple(place, place, fc.integer({ min: 1, max: 200 })).map(
    ([at, from, length]): Mutation =>
      (bytes) =>
        spliced(bytes, at, 0, bytes.slice(from, from + length)),
  );
  const nested = fc
    .tuple(
      place,
      fc.integer({ min: 1, max: 20_000 }),
      fc.constantFrom('[', '{"a":', '\t\0\0\0\x01\0\0\0\0\0\0\0'),
    )
    .map(
      ([at, depth, text]): Mutation =>
        (bytes) =>
          spliced(
            bytes,
            at,
            0,
            Uint8Array.from(text.repeat(depth), (each) => each.charCodeAt(0)),
          ),
    );
  const digits = fc.tuple(place, fc.stringMatching(/^[0-9]{1,25}$/)).map(
    ([at, text]): Mutation =>
      (bytes) =>
        replaced(bytes, at, new TextEncoder().encode(text)),
  );
  const one = fc.oneof(truncated, overwritten, magic, flipped, cut, repeated, nested, digits);
  return fc.array(one, { minLength: 1, maxLength: 2 }).map(
    (list): Mutation =>
      (bytes) =>
        list.reduce((broken, mutation) => mutation(broken), bytes),
  );
}

function replaced(bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array {
  const broken = bytes.slice();
  broken.set(by.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
  return broken;
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const start = Math.min(at, bytes.length);
  const end = Math.min(start + removed, bytes.length);
  const broken = new Uint8Array(bytes.length - (end - start) + added.length);
  broken.set(bytes.subarray(0, start));
  broken.set(added, start);
  broken.set(bytes.subarray(end), start + added.length);
  return broken;
}
