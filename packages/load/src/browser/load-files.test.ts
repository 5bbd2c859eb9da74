import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnnxWebModelOptions } from '@nexttoken/backend-onnx-web';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTokenizer as loadTokenizerInNode } from '../load/load-tokenizer';
import { rejection } from '../testing/rejection';
import { load } from './load';
import { loadTokenizer } from './load-tokenizer';
import { openCheckpoint } from './open-checkpoint';

const opened = vi.hoisted(() => ({ options: [] as OnnxWebModelOptions[], weights: [] as Uint8Array[] }));

vi.mock('@nexttoken/backend-onnx-web', () => ({
  createOnnxWebModel: async (options: OnnxWebModelOptions) => {
    opened.options.push(options);
    for (const file of options.externalData) {
      if (!('write' in file)) continue;
      const bytes = new Uint8Array(file.byteLength);
      await file.write(async (piece, offset) => bytes.set(piece, offset));
      opened.weights.push(bytes);
    }
    const { modelId, device = 'wasm' } = options;
    return { modelId, capabilities: { device }, dispose: async () => {} };
  },
}));

beforeEach(() => {
  opened.options.length = 0;
  opened.weights.length = 0;
});

const tales = tinyModelPath('tales');
const folderNames = ['config.json', 'generation_config.json', 'tokenizer.json', 'model.safetensors'];

/** A file as an input hands it over; with a folder, as one with `webkitdirectory` does. */
async function file(path: string, name = path.split('/').at(-1)!, folder?: string): Promise<File> {
  const made = new File([await readFile(path)], name.split('/').at(-1)!);
  Object.defineProperty(made, 'webkitRelativePath', {
    value: folder === undefined ? '' : `${folder}/${name}`,
  });
  return made;
}

const talesFiles = (folder?: string) =>
  Promise.all(folderNames.map((name) => file(join(tales, name), name, folder)));

describe('files at hand', () => {
  it('a folder’s files are a model, as if it had a name', async () => {
    for (const folder of [undefined, 'my-tales']) {
      const loaded = await load(await talesFiles(folder), { device: 'wasm', attention: true });
      expect(loaded.source).toMatchObject({
        name: folder ?? 'model.safetensors',
        origin: 'files',
        format: 'safetensors',
        path: folder === undefined ? 'model.safetensors' : 'my-tales/model.safetensors',
        dtype: 'fp32',
      });
      expect(loaded.model.modelId).toBe(folder ?? 'model');
      expect([...loaded.tokenizer.encode('Once upon').ids]).toEqual([
        ...(await loadTokenizerInNode('tales')).tokenizer.encode('Once upon').ids,
      ]);
      expect(loaded.generationConfig.endTokenIds.length).toBeGreaterThan(0);
      expect(Buffer.from(opened.options.at(-1)!.graph).toString('latin1')).toContain('attn.hook_pattern');
      await loaded.dispose();
    }
    expect(opened.weights[0]!.byteLength).toBeGreaterThan(1_000_000);
    expect(Buffer.compare(opened.weights[1]!, opened.weights[0]!)).toBe(0);
  });

  it('options are honoured as for a name, or refused as for a name', async () => {
    const loaded = await load(await talesFiles(), { dtype: 'int8', offline: true });
    expect(loaded.source).toMatchObject({ dtype: 'int8', precision: 'fast' });
    for (const [options, option] of [
      [{ dtype: 'int3' }, 'dtype'],
      [{ longContext: true }, 'longContext'],
      [{ cacheFolder: 'x' }, 'cacheFolder'],
    ] as const)
      expect(await rejection(load(await talesFiles(), options))).toMatchObject({
        code: 'unsupported-option',
        details: { option },
      });
    const stop = AbortSignal.abort();
    await expect(load(await talesFiles(), { signal: stop })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a checkpoint is opened without running it, and its tensors are read', async () => {
    const checkpoint = await openCheckpoint(await talesFiles());
    expect(checkpoint.architecture).toMatchObject({ vocabSize: 3072 });
    const [name] = checkpoint.tensors.keys();
    expect((await checkpoint.read(name!)).length).toBeGreaterThan(0);
    await checkpoint.close();
    expect(opened.options).toEqual([]);
  });

  it('a tokenizer.json alone, whatever its name, is a tokenizer', async () => {
    const json = await file(join(tales, 'tokenizer.json'), 'my tokenizer.json');
    const { tokenizer } = await loadTokenizer(json);
    expect(tokenizer.vocabSize).toBe((await loadTokenizerInNode('tales')).tokenizer.vocabSize);
    expect(await rejection(loadTokenizer(new File(['{'], 'tokenizer.json')))).toMatchObject({
      code: 'invalid-file',
      details: { path: 'tokenizer.json' },
    });
  });

  it('names what is missing or too much', async () => {
    const [config, , tokenizer, weights] = await talesFiles('tales');
    expect(await rejection(load([config!, tokenizer!]))).toMatchObject({
      code: 'file-not-found',
      message: expect.stringContaining('.gguf'),
    });
    expect(await rejection(load([config!, weights!]))).toMatchObject({
      code: 'file-not-found',
      details: { path: 'tales/tokenizer.json' },
    });
    expect(await rejection(load([tokenizer!, weights!]))).toMatchObject({
      code: 'file-not-found',
      details: { path: 'tales/config.json' },
    });
    expect(await rejection(load(new Blob(['no model at all'])))).toMatchObject({
      code: 'invalid-file',
      details: { path: 'model.gguf' },
    });
    const [first, second] = ['a.gguf', 'b.gguf'].map((name) => new File(['x'], name));
    expect(await rejection(load([first!, second!]))).toMatchObject({ code: 'invalid-parameter' });
    const same = [config!, await file(join(tales, 'config.json'), 'config.json', 'tales')];
    for (const files of [
      [],
      [tokenizer!, new Blob(['x'])],
      same,
      ['x'],
      { 0: 'x', length: 1 },
      undefined,
      null,
    ])
      expect(await rejection(load(files as never))).toMatchObject({
        code: 'invalid-parameter',
        details: { parameter: 'files' },
      });
  });

  it('are refused in Node, where a path is the way', async () => {
    expect(await rejection(loadTokenizerInNode(new Blob(['x'])))).toMatchObject({
      code: 'invalid-parameter',
      details: { parameter: 'model' },
    });
  });

  it.skipIf(!hasShared)('a GGUF file needs nothing beside it, nor a name', async () => {
    const path = sharedPath('data/models/stories260k/stories260k-f32.gguf');
    const named = await file(path);
    const bare = new Blob([await readFile(path)]);
    for (const [files, modelId] of [
      [named, 'stories260k-f32'],
      [[named], 'stories260k-f32'],
      [bare, 'model'],
    ] as const) {
      const loaded = await load(files);
      expect(loaded.source).toMatchObject({ origin: 'files', format: 'gguf', dtype: 'fp32' });
      expect(loaded.model.modelId).toBe(modelId);
      expect([...loaded.tokenizer.encode('Once upon').ids]).toEqual([1, 403, 407]);
      const { tokenizer } = await loadTokenizer(files);
      expect([...tokenizer.encode('Once upon').ids]).toEqual([1, 403, 407]);
    }
  });
});
