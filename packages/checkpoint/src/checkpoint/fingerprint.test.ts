import { expect, test, vi } from 'vitest';
import type { ByteSource } from '../source/byte-source';
import { bytesSource } from '../source/bytes-source';
import { fingerprintOf } from './fingerprint';

const mebibyte = 1024 * 1024;
const content = new Uint8Array(9 * mebibyte);
for (let i = 0; i < content.length; i++) content[i] = (i * 31) >> 3;
const big = () => content.slice();

test('equal content under another path, equal fingerprint; 64 hexadecimal digits', async () => {
  const one = await fingerprintOf([bytesSource(big(), 'a/model.safetensors')], '{}');
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprintOf([bytesSource(big(), 'b/model.safetensors')], '{}')).toBe(one);
});

test('shards count in the order of their names, not of the list', async () => {
  const shards = [bytesSource(Uint8Array.of(1), 'x/2'), bytesSource(Uint8Array.of(2), 'y/1')];
  expect(await fingerprintOf(shards, '')).toBe(await fingerprintOf([...shards].reverse(), ''));
  const swapped = [bytesSource(Uint8Array.of(2), 'x/2'), bytesSource(Uint8Array.of(1), 'y/1')];
  expect(await fingerprintOf(swapped, '')).not.toBe(await fingerprintOf(shards, ''));
});

test.each([0, 4 * mebibyte - 1, 4 * mebibyte, 9 * mebibyte - 1])(
  'a single changed byte at %i changes it',
  async (place) => {
    const changed = big();
    changed[place]! ^= 1;
    const before = await fingerprintOf([bytesSource(big(), 'm')], '');
    expect(await fingerprintOf([bytesSource(changed, 'm')], '')).not.toBe(before);
  },
);

test('length and text count', async () => {
  const of = (bytes: Uint8Array, text = '') => fingerprintOf([bytesSource(bytes, 'm')], text);
  const all = [await of(new Uint8Array(0)), await of(new Uint8Array(1)), await of(new Uint8Array(2))];
  expect(new Set([...all, await of(new Uint8Array(0), 'x')]).size).toBe(4);
});

test('reads 4 MiB at most at once, and ends on abort', async () => {
  const source = bytesSource(big(), 'm');
  const lengths: number[] = [];
  const controller = new AbortController();
  const watched: ByteSource = {
    ...source,
    read(offset, length) {
      lengths.push(length);
      return source.read(offset, length);
    },
  };
  await fingerprintOf([watched], '');
  expect(Math.max(...lengths)).toBe(4 * mebibyte);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(9 * mebibyte);
  controller.abort();
  await expect(fingerprintOf([watched], '', controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test('without the digest of the platform the result is the same', async () => {
  const source = bytesSource(big().subarray(0, 5 * mebibyte), 'm');
  const native = await fingerprintOf([source], 'text');
  vi.stubGlobal('crypto', {});
  try {
    expect(await fingerprintOf([source], 'text')).toBe(native);
  } finally {
    vi.unstubAllGlobals();
  }
});
