import { expect, test } from 'vitest';
import { gitDigest, sha256 } from '../testing/hub-server';
import { noise } from '../testing/noise';
import { contentDigest } from './content-digest';

const mebibyte = 1 << 20;

test.each([0, 1, 55, 64, 1000, mebibyte - 1, mebibyte, 2 * mebibyte + 13])(
  'agrees with Node’s digests: %i bytes',
  async (size) => {
    const bytes = noise(size, size + 3);
    const read = (at: number, length: number) => bytes.subarray(at, at + length);
    expect(await contentDigest('sha256', size, read)).toBe(sha256(bytes));
    expect(await contentDigest('git-blob', size, async (...range) => read(...range))).toBe(gitDigest(bytes));
  },
);

test('can be stopped', async () => {
  const chunk = new Uint8Array(mebibyte);
  let reads = 0;
  const read = (_: number, length: number) => {
    reads++;
    return chunk.subarray(0, length);
  };
  const digest = contentDigest('sha256', 1000 * mebibyte, read, () => true);
  await expect(digest).rejects.toMatchObject({ name: 'AbortError' });
  expect(reads).toBe(32);
});
