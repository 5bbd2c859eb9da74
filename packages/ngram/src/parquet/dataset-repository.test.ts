import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadDataset } from '@nexttoken/hub';
import { hubServer } from '@nexttoken/hub/testing';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { createNgramIndex } from '../index/create-ngram-index';
import { loadCorpusParquet } from './load-corpus-parquet';

const table = (lines: readonly string[]) =>
  new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: [...lines], type: 'STRING' }] }));

test('a dataset repository of the hub becomes an index', async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-dataset-'));
  const hub = await hubServer({
    id: 'some/stories',
    kind: 'dataset',
    files: {
      'data/train-0.parquet': table(['the cat sat .', 'the cat ate .']),
      'data/train-1.parquet': table(['the dog sat .']),
      'data/test-0.parquet': table(['the bird flew .']),
    },
  });
  try {
    const { folder, paths } = await downloadDataset('some/stories', {
      endpoint: hub.endpoint,
      cacheFolder,
      token: '',
      files: (all) => all.filter((path) => path.includes('train')),
    });
    const files = await Promise.all(paths.map((path) => openAsBlob(join(folder, path))));
    const index = createNgramIndex(await loadCorpusParquet(files));
    const count = (...words: string[]) => index.count(words.map((word) => index.vocabulary.idOf(word) ?? -1));
    expect([count('the'), count('the', 'cat'), count('sat', '.')]).toEqual([3, 2, 2]);
    expect(index.vocabulary.idOf('bird')).toBeUndefined();
  } finally {
    hub.close();
    await rm(cacheFolder, { recursive: true, force: true });
  }
});
