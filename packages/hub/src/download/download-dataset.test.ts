import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { downloadDataset } from '../index';
import { noise } from '../testing/noise';
import { id } from '../testing/test-files';
import { testHub } from '../testing/test-hub';

const tables = {
  'README.md': noise(10),
  'data/train-0.parquet': noise(5000, 2),
  'data/test-0.parquet': noise(400, 3),
  'notes.txt': noise(30, 4),
  'load.py': noise(30, 5),
};

test('Parquet files by default, into the cache of datasets; offline afterwards', async () => {
  const { hub, options, cache } = await testHub({ files: tables, kind: 'dataset' });
  const { folder, paths } = await downloadDataset(id, options);
  expect(paths).toEqual(['data/train-0.parquet', 'data/test-0.parquet']);
  expect(folder).toBe(join(cache, 'datasets--some--model', 'snapshots', hub.commit));
  expect(new Uint8Array(await readFile(join(folder, paths[0]!)))).toEqual(tables['data/train-0.parquet']);
  hub.close();
  expect((await downloadDataset(id, { ...options, offline: true })).paths).toHaveLength(2);
});

test('a choice; only tables and texts', async () => {
  const { options } = await testHub({ files: tables, kind: 'dataset' });
  const { paths } = await downloadDataset(id, {
    ...options,
    files: (all) => all.filter((path) => /txt$/.test(path)),
  });
  expect(paths).toEqual(['notes.txt']);
  for (const files of [() => [], () => ['load.py'], () => ['other.parquet']]) {
    const error = downloadDataset(id, { ...options, files });
    await expect(error).rejects.toMatchObject({ code: 'file-not-found', details: { name: id } });
  }
});
