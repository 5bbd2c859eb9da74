import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNgramIndex } from '../index/create-ngram-index';
import { kneserNey } from '../smoothing/kneser-ney';
import { indexOf } from '../testing/index-of';
import { readArpaFile, saveArpa } from './arpa-files';
import { atomicWrite } from './atomic-write';
import { loadCorpusFile } from './load-corpus-file';
import { openNgramIndex, openPagedNgramIndex, saveNgramIndex } from './ngram-index-files';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-ngram-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sentences = Array.from({ length: 3000 }, (_, s) =>
  Array.from({ length: 2 + (s % 11) }, (_, i) => `w${(s * s + i * 7) % 97}`),
);

describe('index files', () => {
  test('saved, opened, opened in pages: the same answers', async () => {
    const path = join(folder, 'one.ngram');
    const index = indexOf(sentences);
    await saveNgramIndex(path, index);
    const loaded = await openNgramIndex(path);
    const paged = await openPagedNgramIndex(path, { cacheBytes: 65_536 });
    for (let s = 0; s < 300; s++) {
      const context = sentences[s]!.slice(0, 3).map((token) => index.vocabulary.idOf(token)!);
      const expected = index.continueLongest(context, 10);
      expect(loaded.continueLongest(context, 10)).toEqual(expected);
      expect(paged.index.continueLongest(context, 10)).toEqual(expected);
      expect(paged.index.positions(context)).toEqual(index.positions(context));
    }
    expect(paged.index.continuations([])).toEqual(index.continuations([]));
    paged.dispose();
    paged.dispose();
  });

  test('an interrupted save leaves the old file whole, and nothing else', async () => {
    const path = join(folder, 'kept.bin');
    await atomicWrite(path, ['old']);
    const broken = (function* () {
      yield 'ne';
      throw new Error('the machine stops here');
    })();
    await expect(atomicWrite(path, broken)).rejects.toThrow('the machine stops here');
    const controller = new AbortController();
    const aborted = (function* () {
      yield 'ne';
      controller.abort();
      yield 'w';
    })();
    await expect(atomicWrite(path, aborted, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await atomicWrite(path, ['ne', 'w']);
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  test('files that are not there, or cut', async () => {
    const path = join(folder, 'cut.ngram');
    await expect(openNgramIndex(path)).rejects.toMatchObject({ code: 'file-not-found' });
    await saveNgramIndex(path, indexOf(sentences));
    await truncate(path, 50_000);
    await expect(openNgramIndex(path)).rejects.toMatchObject({ code: 'invalid-file', details: { path } });
    await expect(openPagedNgramIndex(path)).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(openPagedNgramIndex(path, { cacheBytes: 1 })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
  });

  test('texts from files, with progress', async () => {
    const paths = ['a.txt', 'b.txt'].map((name) => join(folder, name));
    await writeFile(paths[0]!, 'the cat\nsat');
    await writeFile(paths[1]!, 'the dog\n');
    const seen: number[] = [];
    const corpus = await loadCorpusFile(paths, { onProgress: ({ read, size }) => seen.push(read, size) });
    expect([corpus.sentenceCount, createNgramIndex(corpus).tokenCount]).toEqual([3, 5]);
    expect(seen.at(-1)).toBe(19);
    await expect(loadCorpusFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('ARPA files', async () => {
    const path = join(folder, 'model.arpa');
    const model = kneserNey(indexOf(sentences), { order: 3 });
    await saveArpa(path, model);
    const again = await readArpaFile(path);
    expect(again.logProbability([0, 5], 7)).toBeCloseTo(model.logProbability([0, 5], 7), 9);
    await expect(readArpaFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
