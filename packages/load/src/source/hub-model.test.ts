import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HubServer, hubServer } from '@nexttoken/hub/testing';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { load } from '../load/load';
import { loadTokenizer } from '../load/load-tokenizer';
import type { LoadProgress } from '../load/load-types';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';

const newFolder = temporaryFolders();
const id = 'tiny/tales';
const names = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'model.safetensors',
];
const files = Object.fromEntries(
  names.map((name) => [name, new Uint8Array(readFileSync(join(tinyModelPath('tales'), name)))]),
);

let hub: HubServer | undefined;
afterEach(() => {
  hub?.close();
  vi.unstubAllEnvs();
});

async function serve(more: Readonly<Record<string, Uint8Array>> = {}, served = files): Promise<string> {
  hub = await hubServer({ id, files: { ...served, ...more } });
  const cache = await newFolder();
  vi.stubEnv('HF_ENDPOINT', hub.endpoint);
  vi.stubEnv('HF_HUB_CACHE', cache);
  vi.stubEnv('HF_TOKEN', '');
  vi.stubEnv('HF_HUB_OFFLINE', '');
  return cache;
}

describe('a model by its hub id', () => {
  test('is downloaded with progress, runs, and is there offline afterwards', async () => {
    const cache = await serve();
    const cacheFolder = await newFolder();
    const progress: LoadProgress[] = [];
    const first = await load(id, { cacheFolder, onProgress: (step) => progress.push(step) });
    expect(first.source).toMatchObject({ name: id, origin: 'hub', format: 'safetensors' });
    expect(first.source.path.startsWith(cache)).toBe(true);
    const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    expect(progress.filter(({ stage }) => stage === 'download').at(-1)).toMatchObject({
      done: total,
      total,
      file: id,
    });
    const session = await first.model.createSession();
    const { ids } = first.tokenizer.encode('The capital of France is');
    const { logits } = await session.forward([ids]);
    const row = logits[0]!.data;
    const best = row.indexOf(row.reduce((most, value) => Math.max(most, value)));
    expect(first.tokenizer.decode([best])).toBe(' Paris');
    await session.dispose();
    await first.dispose();

    hub!.close();
    const again = await load(id, { cacheFolder, offline: true });
    expect(again.source.origin).toBe('hub-cache');
    await again.dispose();
  });

  test('endpoint, cache and revision as options', async () => {
    await serve();
    const { endpoint, commit } = hub!;
    const cacheFolder = await newFolder();
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    const options = { hub: { endpoint, cacheFolder, revision: commit, token: '' } };
    const { tokenizer } = await loadTokenizer(id, options);
    expect(tokenizer.decode(tokenizer.encode('A dog').ids)).toBe('A dog');
    hub!.close();
    const again = await loadTokenizer(id, { ...options, offline: true });
    expect(again.tokenizer.vocabSize).toBe(tokenizer.vocabSize);
    const wrong = loadTokenizer(id, { hub: { revison: 'main' } as never });
    expect(await rejection(wrong)).toMatchObject({ code: 'unsupported-option' });
  });

  test('a tokenizer comes without the weights', async () => {
    await serve();
    const { tokenizer } = await loadTokenizer(id);
    expect(tokenizer.decode(tokenizer.encode('A dog').ids)).toBe('A dog');
    expect(hub!.requests.some(({ path }) => path.includes('safetensors'))).toBe(false);
  });

  test('offline: says what was looked at', async () => {
    const cache = await serve();
    const error = await rejection(load(id, { offline: true }));
    expect(error).toMatchObject({ code: 'model-not-found', details: { name: id } });
    expect(error.message).toContain(cache);
    expect(hub!.requests).toEqual([]);
    vi.stubEnv('HF_HUB_OFFLINE', '1');
    expect((await rejection(load(id))).message).toContain('offline');
  });

  test('unknown there: says so, and what was looked at before', async () => {
    await serve();
    const error = await rejection(load('tiny/other'));
    expect(error).toMatchObject({ code: 'model-not-found', details: { lookedAt: expect.any(Array) } });
    expect(error.message).toContain('tales, tales-chat');
  });

  test('a dtype without a ready-made file: a graph of our own of the checkpoint, then from the cache', async () => {
    await serve();
    const cacheFolder = await newFolder();
    const { model, source, dispose } = await load(id, { dtype: 'q4', cacheFolder });
    expect(source).toMatchObject({ origin: 'hub', format: 'safetensors', dtype: 'q4' });
    expect(model.describe().dtype).toBe('q4 exact');
    await dispose();
    hub!.close();
    const again = await load(id, { dtype: 'int8', cacheFolder, offline: true });
    expect(again.source).toMatchObject({ origin: 'hub-cache', format: 'safetensors', dtype: 'int8' });
    await again.dispose();
  });

  test('a ready-made file goes before the checkpoint, and alone', async () => {
    await serve({ 'onnx/model_q4.onnx': new Uint8Array([1, 2, 3]) });
    // It is no graph, and that is what the runtime says.
    expect(await rejection(load(id, { dtype: 'q4' }))).toMatchObject({ code: 'backend-failed' });
    const asked = hub!.requests.map(({ path }) => path).join(' ');
    expect(asked).toContain('model_q4.onnx');
    expect(asked).not.toContain('model.safetensors');
  });

  test.each([
    ['bnb4', files, expect.arrayContaining(['fp32', 'q4', 'int8'])],
    ['q4', { 'config.json': files['config.json']!, 'onnx/model.onnx': new Uint8Array(3) }, ['auto', 'fp32']],
  ])(
    'the dtype %s that a repository cannot give is refused with what it can',
    async (dtype, served, available) => {
      await serve({}, served as typeof files);
      expect(await rejection(load(id, { dtype }))).toMatchObject({
        code: 'unsupported-option',
        details: { option: 'dtype', value: dtype, available },
      });
    },
  );
});
