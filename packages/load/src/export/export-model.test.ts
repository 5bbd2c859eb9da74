import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { collect, generate } from '@nexttoken/generate';
import { type GoldenArray, goldenIds, readGolden, sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import { load } from '../index';
import { temporaryFolders } from '../testing/temporary-folder';
import { openInTransformersJs } from '../testing/transformers-js';
import { exportModel } from './export-model';
import type { ExportProgress } from './export-types';

interface GreedyCase {
  readonly prompt: string;
  readonly prompt_ids: GoldenArray;
  readonly max_new_tokens: number;
  readonly ids: GoldenArray;
}

const temporaryFolder = temporaryFolders();

async function paths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** What our own runtime makes of a model, prompt included. */
async function ours(
  name: string,
  dtype: string,
  prompt: readonly number[],
  newTokens: number,
): Promise<number[]> {
  const cacheFolder = await temporaryFolder();
  const { model, generationConfig, dispose } = await load(name, { dtype, cacheFolder });
  try {
    const { endTokenIds } = generationConfig;
    const { ids } = await collect(
      generate({ model, prompt: [...prompt], maxNewTokens: newTokens, endTokenIds }),
    );
    return [...prompt, ...ids];
  } finally {
    await dispose();
  }
}

describeShared('stories260k as ONNX, in transformers.js', () => {
  const model = sharedPath('data/models/stories260k');

  test('fp32: the folder loads by its path alone and gives the recorded greedy ids', async () => {
    const folder = join(await temporaryFolder(), 'stories');
    const progress: ExportProgress[] = [];
    const exported = await exportModel(model, folder, { onProgress: (each) => progress.push(each) });
    expect(exported).toMatchObject({ folder, format: 'onnx', dtype: 'fp32', missing: [] });
    expect(await paths(folder)).toEqual([
      'config.json',
      'genai_config.json',
      'generation_config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    for (const { path, bytes } of exported.files)
      expect((await stat(join(folder, path))).size, path).toBe(bytes);
    expect(progress.at(-1)).toMatchObject({ stage: 'weights', done: progress.at(-1)!.total });

    const peer = await openInTransformersJs(folder);
    for (const entry of readGolden<{ cases: GreedyCase[] }>('generate/greedy.json').cases.slice(0, 3)) {
      const prompt = [...goldenIds(entry.prompt_ids)];
      expect(peer.encode(entry.prompt)).toEqual(prompt);
      expect(await peer.generate(prompt, entry.max_new_tokens)).toEqual([...goldenIds(entry.ids)]);
    }
    await peer.dispose();
  });

  test.each(['fp16', 'q8', 'q4'] as const)(
    '%s from GGUF: the same ids as in our own runtime',
    async (dtype) => {
      const alone = await temporaryFolder();
      const file = join(alone, 'stories.gguf');
      await copyFile(join(model, 'stories260k-f32.gguf'), file);
      const folder = join(alone, 'exported');
      await exportModel(file, folder, { dtype });
      const peer = await openInTransformersJs(folder);
      const prompt = peer.encode('Once upon a time');
      expect(prompt).toEqual([1, 403, 407, 261, 378]);
      const ids = await peer.generate(prompt, 40);
      await peer.dispose();
      expect(ids).toEqual(await ours(folder, dtype === 'q8' ? 'int8' : dtype, prompt, 40));
      expect(new Set(ids).size).toBeGreaterThan(10);
    },
  );
});

test('tales, an embedded model: in transformers.js the same greedy ids as here', async () => {
  const folder = join(await temporaryFolder(), 'tales');
  await exportModel('tales', folder);
  const peer = await openInTransformersJs(folder);
  const prompt = peer.encode('Once upon a time there was a');
  const ids = await peer.generate(prompt, 24);
  await peer.dispose();
  expect(ids).toEqual(await ours('tales', 'fp32', prompt, 24));
});

describeShared('stories260k as safetensors', () => {
  const gguf = sharedPath('data/models/stories260k/stories260k-f32.gguf');

  test.each(['fp32', 'fp16', 'bf16'] as const)('%s: read back, the model is the same', async (dtype) => {
    const folder = join(await temporaryFolder(), 'stories');
    const exported = await exportModel(gguf, folder, {
      format: 'safetensors',
      dtype,
      maxShardBytes: 300_000,
    });
    expect(exported.files.filter(({ path }) => path.endsWith('.safetensors')).length).toBeGreaterThan(1);
    const [from, to] = [await openCheckpointPath(gguf), await openCheckpointPath(folder)];
    expect(to.architecture).toEqual(from.architecture);
    expect([...to.tensors.keys()].sort()).toEqual([...from.tensors.keys()].sort());
    for (const name of [
      'model.embed_tokens.weight',
      'model.layers.2.self_attn.q_proj.weight',
      'model.norm.weight',
    ]) {
      const [before, after] = [await from.read(name), await to.read(name)];
      const relative = { fp32: 0, fp16: 2 ** -11, bf16: 2 ** -8 }[dtype];
      const off = before.findIndex(
        (value, i) => Math.abs(value - after[i]!) > relative * Math.abs(value) + 2 ** -25,
      );
      expect(off, name).toBe(-1);
    }
    await Promise.all([from.close(), to.close()]);
  });

  test('fp16: the recorded greedy ids', async () => {
    const folder = join(await temporaryFolder(), 'stories');
    await exportModel(gguf, folder, { format: 'safetensors' });
    const [entry] = readGolden<{ cases: GreedyCase[] }>('generate/greedy.json').cases;
    const prompt = [...goldenIds(entry!.prompt_ids)];
    expect(await ours(folder, 'fp32', prompt, entry!.max_new_tokens)).toEqual([...goldenIds(entry!.ids)]);
  });
});

describe('what is there already', () => {
  test('is kept, unless it is to be replaced', async () => {
    const folder = join(await temporaryFolder(), 'out');
    await mkdir(folder);
    await exportModel('tales', folder);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    await expect(exportModel('tales', folder)).rejects.toMatchObject({
      code: 'already-exists',
      details: { path: folder },
    });
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
    await exportModel('tales', folder, { overwrite: true, dtype: 'q8' });
    expect(await paths(folder)).toEqual(expect.arrayContaining(['onnx/model_quantized.onnx']));
    expect(await paths(folder)).not.toContain('mine.txt');
    await expect(exportModel('tales', join(folder, 'config.json'))).rejects.toMatchObject({
      code: 'already-exists',
    });
  });

  test('is never the model itself', async () => {
    const folder = join(await temporaryFolder(), 'model');
    await exportModel('tales', folder, { format: 'safetensors' });
    const before = await paths(folder);
    for (const name of [folder, join(folder, 'model.safetensors')]) {
      await expect(exportModel(name, folder, { overwrite: true })).rejects.toMatchObject({
        code: 'invalid-parameter',
        details: { parameter: 'folder' },
      });
    }
    expect(await paths(folder)).toEqual(before);
  });
});

test('an abort in the middle leaves nothing, and an older folder as it was', async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, 'out');
  for (const overwrite of [false, true]) {
    if (overwrite) await exportModel('tales', folder);
    const before = await readdir(parent, { recursive: true });
    const controller = new AbortController();
    const exporting = exportModel('tales', folder, {
      overwrite,
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        if (done > total / 3) controller.abort();
      },
    });
    await expect(exporting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(parent, { recursive: true })).toEqual(before);
  }
});

describe('refusals', () => {
  test.each([
    ['invalid-parameter', { dtype: 'q3' }],
    ['invalid-parameter', { format: 'gguf' }],
    ['invalid-parameter', { format: 'safetensors', dtype: 'q4' }],
    ['invalid-parameter', { dtype: 'bf16' }],
    ['unsupported-option', { quality: 1 }],
  ])('%s: %j', async (code, options) => {
    const folder = join(await temporaryFolder(), 'out');
    await expect(exportModel('tales', folder, options as object)).rejects.toMatchObject({ code });
  });

  test('a GGUF vocabulary that no tokenizer.json expresses', async () => {
    await expect(exportModel('nowhere/at-all', 'x', { offline: true })).rejects.toMatchObject({
      code: 'model-not-found',
    });
  });
});
