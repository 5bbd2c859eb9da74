import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnnxWebModelOptions } from '@nexttoken/backend-onnx-web';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress } from '../load/load-types';
import { rejection } from '../testing/rejection';
import { folderServers } from '../testing/serve-folder';
import { temporaryFolders } from '../testing/temporary-folder';
import { writePhi3 } from '../testing/write-phi3';
import { load } from './load';
import { loadTokenizer } from './load-tokenizer';
import { clearWeightsCache, listWeightsCache } from './weights-cache';

type ExternalData = OnnxWebModelOptions['externalData'][number];
const opened = vi.hoisted(() => ({
  options: [] as OnnxWebModelOptions[],
  /** What the files of every model held when it was opened, or opened again. */
  content: [] as Uint8Array[],
  disposed: 0,
}));
/** Reads a file as the backend does. */
async function contentOf(file: ExternalData): Promise<Uint8Array> {
  if ('data' in file) return file.data;
  if ('load' in file) return file.load();
  const bytes = new Uint8Array(file.byteLength);
  await file.write(async (piece, offset) => bytes.set(piece, offset));
  return bytes;
}
vi.mock('@nexttoken/backend-onnx-web', () => ({
  createOnnxWebModel: async (options: OnnxWebModelOptions) => {
    opened.options.push(options);
    for (const file of options.externalData) opened.content.push(await contentOf(file));
    const { modelId, device = 'wasm' } = options;
    return { modelId, capabilities: { device }, dispose: async () => void opened.disposed++ };
  },
}));
beforeEach(() => {
  opened.options.length = 0;
  opened.content.length = 0;
  opened.disposed = 0;
});

const stories = sharedPath('data/models/stories260k');
const onnx = sharedPath('data/models/stories260k-onnx');
const serve = folderServers();
const newFolder = temporaryFolders();

describe.skipIf(!hasShared)('load in a browser', () => {
  it('fetches a safetensors folder and exports it in memory', async () => {
    const { url, requests } = await serve(join(stories, '..'));
    const seen: LoadProgress[] = [];
    const loaded = await load(`${url}/stories260k`, {
      device: 'wasm',
      wasmPaths: '/wasm/',
      onProgress: (progress) => seen.push(progress),
    });
    expect(loaded.source).toEqual({
      name: `${url}/stories260k`,
      origin: 'url',
      format: 'safetensors',
      path: `${url}/stories260k/model.safetensors`,
      dtype: 'fp32',
      precision: 'exact',
      matrices: expect.anything(),
    });
    const [options] = opened.options;
    expect(options).toMatchObject({
      modelId: 'stories260k',
      vocabSize: 512,
      contextLength: 512,
      device: 'wasm',
      wasmPaths: '/wasm/',
    });
    expect(options!.graph.byteLength).toBeGreaterThan(1000);
    expect(options!.externalData.map(({ path }) => path)).toEqual(['weights.bin']);
    expect(opened.content[0]!.byteLength).toBeGreaterThan(1_000_000);
    expect(loaded.generationConfig.endTokenIds).toEqual([2]);
    expect([...loaded.tokenizer.encode('Once upon').ids]).toEqual([1, 403, 407]);
    expect(requests).toContain('/stories260k/config.json');
    expect(requests.filter((path) => path.endsWith('.onnx'))).toEqual([]);
    const downloaded = seen.filter(({ stage, file }) => stage === 'download' && file === 'model.safetensors');
    expect(downloaded.at(-1)).toMatchObject({ done: 1_044_992, total: 1_044_992 });
    await loaded.dispose();
    await loaded.dispose();
    expect(opened.disposed).toBe(1);
  });

  it('fetches a GGUF file, and an ONNX file by its dtype', async () => {
    const { url } = await serve(join(stories, '..'));
    const gguf = await load(`${url}/stories260k/stories260k-f32.gguf`);
    expect(gguf.source).toMatchObject({ format: 'gguf', dtype: 'fp32' });
    const int8 = await load(`${url}/stories260k-onnx/`, { dtype: 'int8' });
    expect(int8.source).toMatchObject({
      format: 'onnx',
      path: `${url}/stories260k-onnx/onnx/model_quantized.onnx`,
    });
    const q4 = await load(`${url}/stories260k-onnx/onnx/model_q4.onnx`);
    expect(q4.source).toMatchObject({ format: 'onnx', dtype: 'q4' });
    expect(opened.options.map(({ dtype, externalData }) => [dtype, externalData.length])).toEqual([
      ['fp32', 1],
      ['int8', 0],
      ['q4', 0],
    ]);
    expect(opened.options[1]).toMatchObject({ vocabSize: 512, keyValueHeadCount: 4, headSize: 8 });
  });

  it('makes a graph of any format of ours out of a checkpoint', async () => {
    const { url } = await serve(join(stories, '..'));
    for (const [file, dtype, precision] of [
      ['stories260k', 'q4', 'fast'],
      ['stories260k/model.safetensors', 'int8', undefined],
      ['stories260k/stories260k-f32.gguf', 'fp16', undefined],
    ] as const) {
      const loaded = await load(`${url}/${file}`, { dtype, precision });
      expect(loaded.source).toMatchObject({ dtype, precision: dtype === 'fp16' ? 'exact' : 'fast' });
    }
    expect(opened.options.map(({ dtype }) => dtype)).toEqual(['q4 fast', 'int8', 'fp16']);
    const sizes = opened.content.map(({ byteLength }) => byteLength);
    expect(sizes[0]).toBeLessThan(sizes[1]!);
    for (const [options, option] of [
      [{ dtype: 'bnb4' }, 'dtype'],
      [{ dtype: 'fp16', precision: 'fast' }, 'precision'],
    ] as const)
      expect(await rejection(load(`${url}/stories260k/model.safetensors`, options))).toMatchObject({
        code: 'unsupported-option',
        details: { option },
      });
  });

  it('gives the weights again while the device may be lost, and not when nobody can ask any more', async () => {
    const onEvent = () => {};
    for (const device of ['webgpu', 'wasm']) {
      const { url } = await serve(stories);
      const loaded = await load(url, { device, onEvent });
      const { externalData, onEvent: passed } = opened.options.at(-1)!;
      expect(passed).toBe(onEvent);
      const again = contentOf(externalData[0]!);
      if (device === 'webgpu') expect(await again).toEqual(opened.content.at(-1));
      else expect(await rejection(again)).toMatchObject({ code: 'disposed' });
      await loaded.dispose();
      expect(await rejection(contentOf(externalData[0]!))).toMatchObject({ code: 'disposed' });
    }
  });

  it('takes the whole context of a model with factors for longer texts', async () => {
    const folder = await newFolder();
    await writePhi3(folder);
    const { url } = await serve(folder);
    await load(url, { longContext: true });
    expect(opened.options[0]!.contextLength).toBe(64);
    const other = await serve(stories);
    expect(await rejection(load(other.url, { longContext: true }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'longContext' },
    });
  });

  it('gives attention out, where it was asked for', async () => {
    const { url } = await serve(join(stories, '..'));
    await load(`${url}/stories260k`, { attention: true });
    const graph = Buffer.from(opened.options[0]!.graph).toString('latin1');
    expect(graph).toContain('blocks.4.attn.hook_pattern');
    const ready = load(`${url}/stories260k-onnx/`, { attention: true });
    expect(await rejection(ready)).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'attention' },
    });
  });

  it('fetches the external data that config.json announces', async () => {
    const folder = await newFolder();
    await cp(onnx, folder, { recursive: true });
    const config = {
      vocab_size: 512,
      n_ctx: 64,
      'transformers.js_config': { use_external_data_format: { 'model.onnx': 2 } },
    };
    await cp(join(folder, 'onnx'), join(folder, 'other'), { recursive: true });
    await chmod(join(folder, 'config.json'), 0o644);
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const { url } = await serve(folder);
    expect(await rejection(load(url))).toMatchObject({
      code: 'file-not-found',
      details: { path: `${url}/onnx/model.onnx_data` },
    });
    await chmod(join(folder, 'onnx'), 0o755);
    await writeFile(join(folder, 'onnx', 'model.onnx_data'), 'one');
    await writeFile(join(folder, 'onnx', 'model.onnx_data_1'), 'two');
    await load(url);
    expect(opened.options[0]!.externalData.map(({ path }) => path)).toEqual([
      'model.onnx_data',
      'model.onnx_data_1',
    ]);
    expect(opened.content.map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'two']);
  });

  it('fetches a checkpoint in shards, as its index says', async () => {
    const folder = await newFolder();
    for (const file of ['config.json', 'tokenizer.json']) await cp(join(stories, file), join(folder, file));
    await cp(join(stories, 'model.safetensors'), join(folder, 'model-00001-of-00001.safetensors'));
    const { url, requests } = await serve(folder);
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: {} }));
    expect(await rejection(load(url))).toMatchObject({ code: 'invalid-file' });
    const bytes = await readFile(join(stories, 'model.safetensors'));
    const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString()) as object;
    const tensors = Object.keys(header).filter((name) => name !== '__metadata__');
    const shard = 'model-00001-of-00001.safetensors';
    const index = { weight_map: Object.fromEntries(tensors.map((name) => [name, shard])) };
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    const loaded = await load(url);
    expect(loaded.source).toMatchObject({ format: 'safetensors', path: `${url}/${shard}` });
    expect(requests).toContain(`/${shard}`);
  });

  it('takes a page for a missing file', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'empty'));
    const { url } = await serve(folder, 'page');
    const error = await rejection(load(`${url}/empty/`));
    expect(error).toMatchObject({ code: 'file-not-found', details: { path: `${url}/empty/` } });
    expect(error.message).toContain('model.safetensors, model.safetensors.index.json, onnx/model.onnx');
  });

  it('names what cannot be fetched', async () => {
    const { url } = await serve(await newFolder(), 'failure');
    expect(await rejection(load(url))).toMatchObject({
      code: 'file-not-found',
      details: { path: `${url}/config.json`, status: 500 },
    });
    expect(await rejection(load('http://127.0.0.1:1/model'))).toMatchObject({ code: 'file-not-found' });
  });

  it('stops when aborted, in the middle of a file', async () => {
    const { url } = await serve(stories);
    const controller = new AbortController();
    const loading = load(url, {
      signal: controller.signal,
      onProgress: ({ file, done }) => file === 'model.safetensors' && done > 0 && controller.abort(),
    });
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
    expect(opened.options).toEqual([]);
  });

  it('loads a tokenizer alone', async () => {
    const { url, requests } = await serve(stories);
    const { tokenizer } = await loadTokenizer(url);
    expect([...tokenizer.encode('Once upon').ids]).toEqual([1, 403, 407]);
    expect(requests).not.toContain('/model.safetensors');
  });
});

describe('what a browser cannot do', () => {
  it.each([
    [{ cacheFolder: 'x' }, 'cacheFolder'],
    [{ cacheLimitBytes: 1 }, 'cacheLimitBytes'],
    [{ offline: true }, 'offline'],
  ])('refuses %o', async (options, option) => {
    expect(await rejection(load('http://127.0.0.1:1/model', options))).toMatchObject({
      code: 'unsupported-option',
      details: { option },
    });
  });

  it.each(['a/b/c', 'name', 'file:///model', 'a b/c'])(
    'does not take %s for a URL or an id',
    async (name) => {
      expect(await rejection(load(name))).toMatchObject({ code: 'model-not-found', details: { name } });
    },
  );

  it('says where it looked for a hub id, and names an unknown option of the hub', async () => {
    const hub = { cacheFolder: await newFolder() };
    const error = await rejection(load('some/model', { offline: true, hub }));
    expect(error).toMatchObject({ code: 'model-not-found', details: { name: 'some/model' } });
    const wrong = load('some/model', { hub: { endpont: 'x' } as never });
    expect(await rejection(wrong)).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'endpont' },
    });
  });

  it('refuses a dtype that does not exist', async () => {
    const { url } = await serve(await newFolder());
    expect(await rejection(load(url, { dtype: 'int3' }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'dtype', value: 'int3' },
    });
  });

  it('has no weights cache', async () => {
    for (const call of [listWeightsCache(), clearWeightsCache()]) {
      expect(await rejection(call)).toMatchObject({ code: 'unsupported-capability' });
    }
  });
});
