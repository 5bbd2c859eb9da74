import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { downloadModel, listCachedModels, removeCachedModel, verifyCachedModel } from '../index';
import { sha256 } from '../testing/hub-server';
import { files, id } from '../testing/test-files';
import { testHub } from '../testing/test-hub';

const needed =
  files['config.json'].length + files['tokenizer.json'].length + files['model.safetensors'].length;

test('lists sizes, last use and what works offline', async () => {
  const { options, cache } = await testHub();
  expect(await listCachedModels(options)).toEqual({ folder: cache, bytes: 0, entries: [] });
  const begun = Date.now() - 1000;
  const { folder } = await downloadModel(id, options);
  const { entries, bytes } = await listCachedModels(options);
  expect(entries).toMatchObject([{ id, bytes: needed, partialBytes: 0, worksOffline: true }]);
  expect(entries[0]!.lastUsed).toBeGreaterThan(begun);
  expect(bytes).toBe(needed);
  await rm(join(folder, 'model.safetensors'));
  const [entry] = (await listCachedModels(options)).entries;
  expect(entry).toMatchObject({ worksOffline: false, reason: expect.stringContaining('weights') });
});

test('verify names the content that is not what its name says', async () => {
  const { options, cache } = await testHub();
  await downloadModel(id, options);
  expect(await verifyCachedModel(id, options)).toEqual({ id, good: 3, wrong: [] });
  const blob = join(cache, 'models--some--model', 'blobs', sha256(files['model.safetensors']));
  await writeFile(
    blob,
    files['model.safetensors'].map((byte, i) => (i === 7 ? byte ^ 1 : byte)),
  );
  expect(await verifyCachedModel(id, options)).toEqual({ id, good: 2, wrong: [blob] });
});

test('remove takes all of a model, but not while somebody downloads it', async () => {
  const { options, cache } = await testHub();
  await downloadModel(id, options);
  const lock = join(cache, 'models--some--model', 'blobs', `${'0'.repeat(64)}.nexttoken-lock`);
  const { hostname } = await import('node:os');
  await writeFile(lock, `${hostname()}\n${process.pid}\n`);
  await expect(removeCachedModel(id, options)).rejects.toMatchObject({ code: 'cache-failed' });
  await rm(lock);
  await removeCachedModel(id, options);
  expect(await readdir(cache)).toEqual([]);
});

test('what is not there', async () => {
  const { options } = await testHub();
  await expect(removeCachedModel(id, options)).rejects.toMatchObject({
    code: 'offline',
    details: { name: id },
  });
  await expect(verifyCachedModel(id, options)).rejects.toMatchObject({ code: 'offline' });
  await expect(removeCachedModel('../x', options)).rejects.toMatchObject({ code: 'invalid-parameter' });
});
