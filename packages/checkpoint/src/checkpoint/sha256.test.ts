import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256';
import { sha256Portable } from './sha256-portable';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('the example of FIPS 180-4', () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(hex(sha256Portable(new TextEncoder().encode('abc')))).toBe(digest);
});

test('both ways equal the digest of node:crypto at every length around the block borders', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const expected = createHash('sha256').update(bytes).digest('hex');
      expect(hex(sha256Portable(bytes))).toBe(expected);
      expect(hex(await sha256(bytes))).toBe(expected);
    }),
  );
});
