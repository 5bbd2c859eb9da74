import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSource } from '../node/file-source';
import { caught } from '../testing/caught';
import { blobSource } from './blob-source';
import type { ByteSource } from './byte-source';
import { bytesSource } from './bytes-source';

const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-'));
  await writeFile(join(folder, 'file'), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const kinds: [kind: string, make: () => Promise<ByteSource>][] = [
  ['bytesSource', async () => bytesSource(bytes, 'file')],
  ['blobSource', async () => blobSource(new Blob([bytes]), 'file')],
  ['fileSource', () => fileSource(join(folder, 'file'))],
];

describe.each(kinds)('%s', (_, make) => {
  test('reads ranges into fresh arrays', async () => {
    const source = await make();
    expect(source.size).toBe(8);
    const range = await source.read(2, 3);
    expect([...range]).toEqual([2, 3, 4]);
    range.fill(99);
    expect([...(await source.read(0, 8))]).toEqual([...bytes]);
    expect(await source.read(8, 0)).toHaveLength(0);
    await source.close();
  });

  test.each([
    [7, 2, 1],
    [100, 4, 96],
  ])('refuses bytes beyond the end: %i, %i', async (offset, length, missing) => {
    const source = await make();
    const error = await caught(source.read(offset, length));
    expect(error.code).toBe('invalid-file');
    expect(error.details).toMatchObject({ path: source.name, missing });
    await source.close();
  });

  test.each([
    [-1, 2],
    [0, -1],
    [0.5, 1],
    [Number.NaN, 1],
    [0, 2 ** 53],
  ])('refuses what is no range: %d, %d', async (offset, length) => {
    const source = await make();
    expect((await caught(source.read(offset, length))).code).toBe('invalid-file');
    await source.close();
  });

  test('close is idempotent; reading after it is refused', async () => {
    const source = await make();
    await source.close();
    await source.close();
    expect((await caught(source.read(0, 1))).code).toBe('disposed');
  });
});

test('fileSource: a missing file, a folder, a file that shrinks meanwhile', async () => {
  const missing = await caught(fileSource(join(folder, 'none')));
  expect(missing).toMatchObject({ code: 'file-not-found', details: { path: join(folder, 'none') } });
  expect((await caught(fileSource(folder))).code).toBe('invalid-file');
  const path = join(folder, 'shrinking');
  await writeFile(path, bytes);
  const source = await fileSource(path);
  await truncate(path, 5);
  const error = await caught(source.read(4, 4));
  expect(error).toMatchObject({ code: 'invalid-file', details: { path, missing: 3 } });
  await source.close();
});
