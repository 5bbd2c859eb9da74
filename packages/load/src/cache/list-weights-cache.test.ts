import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder';
import { acquireWeights } from './acquire-weights';
import { weightsKey } from './cache-names';
import { clearWeightsCache } from './clear-weights-cache';
import { listWeightsCache } from './list-weights-cache';

const newFolder = temporaryFolders();
const write = (folder: string, name: string, byteLength: number) =>
  acquireWeights(join(folder, 'weights'), 2 ** 20, {
    key: weightsKey(name, '1', { dtype: 'fp32', precision: 'exact', offsets: 'product' }),
    byteLength,
    write: (sink) => sink(new Uint8Array(byteLength), 0),
  });

it('a missing folder is an empty cache', async () => {
  const cacheFolder = join(await newFolder(), 'none');
  expect(await listWeightsCache({ cacheFolder })).toEqual({
    folder: join(cacheFolder, 'weights'),
    entries: [],
    bytes: 0,
  });
  expect(await clearWeightsCache({ cacheFolder })).toEqual({
    folder: join(cacheFolder, 'weights'),
    removed: [],
    kept: [],
  });
});

it('lists the most recently used first and says what is in use', async () => {
  const cacheFolder = await newFolder();
  const used = await write(cacheFolder, 'used', 30);
  const idle = await write(cacheFolder, 'idle', 12);
  await idle.release();
  await utimes(used.path, new Date(1000), new Date(1000));
  const { entries, bytes } = await listWeightsCache({ cacheFolder });
  expect(entries.map(({ path, bytes, inUse }) => [path, bytes, inUse])).toEqual([
    [idle.path, 12, false],
    [used.path, 30, true],
  ]);
  expect(bytes).toBe(42);
  await used.release();
});

it('clears everything but what is in use and what is not its own', async () => {
  const cacheFolder = await newFolder();
  const used = await write(cacheFolder, 'used', 30);
  await (await write(cacheFolder, 'idle', 12)).release();
  await writeFile(join(cacheFolder, 'weights', 'letter.txt'), 'dear');
  const { removed, kept } = await clearWeightsCache({ cacheFolder });
  expect([removed.map(({ bytes }) => bytes), kept.map(({ bytes }) => bytes)]).toEqual([[12], [30]]);
  await used.release();
  await clearWeightsCache({ cacheFolder });
  expect(await readdir(join(cacheFolder, 'weights'))).toEqual(['letter.txt']);
});
