import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GoldenArray, goldenIds, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { describe, expect, it } from 'vitest';
import { openFilesBelow } from '../testing/open-files';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';
import { load } from './load';
import { loadTokenizer } from './load-tokenizer';

const stories = sharedPath('data/models/stories260k');
const onnx = sharedPath('data/models/stories260k-onnx');
const newFolder = temporaryFolders();

/** Greedy continuation, by hand. */
async function continueGreedily(
  model: LanguageModel,
  prompt: readonly number[],
  count: number,
): Promise<number[]> {
  const session = await model.createSession();
  const ids: number[] = [];
  let tokens = prompt;
  while (ids.length < count) {
    const { logits } = await session.forward([tokens]);
    const row = logits[0]!.data;
    const best = row.indexOf(Math.max(...row));
    ids.push(best);
    tokens = [best];
  }
  await session.dispose();
  return ids;
}

interface GreedyCase {
  readonly prompt: string;
  readonly prompt_ids: number[];
  readonly ids: GoldenArray;
}

function goldenCase(): { prompt: string; promptIds: number[]; ids: number[] } {
  const [first] = readGolden<{ cases: GreedyCase[] }>('generate/greedy.json').cases;
  const { prompt, prompt_ids: promptIds, ids } = first!;
  return { prompt, promptIds, ids: goldenIds(ids).slice(promptIds.length) };
}

describe.skipIf(!hasShared)('load of real models', () => {
  it.each([
    ['safetensors folder', () => stories, 'auto', 'safetensors', 'fp32', 64],
    ['safetensors file', () => join(stories, 'model.safetensors'), 'fp32', 'safetensors', 'fp32', 64],
    ['GGUF file', () => join(stories, 'stories260k-f32.gguf'), 'auto', 'gguf', 'fp32', 64],
    ['ONNX folder', () => onnx, 'auto', 'onnx', 'fp32', 40],
    ['ONNX int8', () => onnx, 'int8', 'onnx', 'int8', 40],
    ['ONNX q4 file', () => join(onnx, 'onnx', 'model_q4.onnx'), 'auto', 'onnx', 'q4', 28],
  ])('%s: the golden ids', async (_, path, dtype, format, own, count) => {
    const { prompt, promptIds, ids } = goldenCase();
    const loaded = await load(path(), { dtype, cacheFolder: await newFolder() });
    try {
      expect(loaded.source).toMatchObject({ name: path(), origin: 'path', format, dtype: own });
      expect([...loaded.tokenizer.encode(prompt).ids]).toEqual(promptIds);
      expect(loaded.generationConfig).toMatchObject({ endTokenIds: [2], bosTokenId: 1 });
      expect(loaded.chatTemplate).toBeUndefined();
      expect(loaded.architecture?.vocabSize).toBe(format === 'onnx' ? undefined : 512);
      // The recorded agreement of the quantized files is for another prompt: there the first ids will do.
      const compared = own === 'fp32' ? count : 4;
      expect(await continueGreedily(loaded.model, promptIds, compared)).toEqual(ids.slice(0, compared));
    } finally {
      await loaded.dispose();
      await loaded.dispose();
    }
  });

  it('writes the weights once, and again when the file was truncated', async () => {
    const cacheFolder = await newFolder();
    const once = async (): Promise<boolean> => {
      const { source, dispose } = await load(stories, { cacheFolder });
      await dispose();
      return source.cachedWeights!.reused;
    };
    expect([await once(), await once()]).toEqual([false, true]);
    const [file] = await readdir(join(cacheFolder, 'weights'));
    await truncate(join(cacheFolder, 'weights', file!), 5000);
    expect([await once(), await once()]).toEqual([false, true]);
  });

  it('reports its stages in order', async () => {
    const stages: string[] = [];
    const { dispose } = await load(stories, {
      cacheFolder: await newFolder(),
      onProgress: ({ stage }) => stages.at(-1) === stage || stages.push(stage),
    });
    await dispose();
    expect(stages).toEqual(['fingerprint', 'weights', 'start']);
  });

  it.each(['fingerprint', 'weights', 'start'])(
    'aborted at %s: nothing half-written, nothing open',
    async (when) => {
      const cacheFolder = await newFolder();
      const controller = new AbortController();
      let reports = 0;
      const loading = load(stories, {
        cacheFolder,
        signal: controller.signal,
        onProgress: ({ stage }) =>
          stage === when && reports++ === (when === 'weights' ? 5 : 0) && controller.abort(),
      });
      await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
      const left = await readdir(join(cacheFolder, 'weights')).catch(() => []);
      expect(left.filter((name) => !name.endsWith('.weights'))).toEqual([]);
      if (when !== 'start') expect(left).toEqual([]);
      expect((await openFilesBelow(stories)) ?? []).toEqual([]);
      expect((await openFilesBelow(cacheFolder)) ?? []).toEqual([]);
    },
  );

  it('does not start with an aborted signal', async () => {
    await expect(load(stories, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('refuses options that it does not know and devices that are not there', async () => {
    const cacheFolder = await newFolder();
    const misspelt = { cachefolder: 'x' } as Parameters<typeof load>[1];
    expect(await rejection(load(stories, misspelt))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'cachefolder' },
    });
    expect(await rejection(load(stories, { cacheFolder, device: 'toaster' }))).toMatchObject({
      code: 'device-unavailable',
      details: { device: 'toaster' },
    });
    expect(await rejection(load(stories, { cacheFolder, dtype: 'int4' }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'dtype', available: ['auto', 'fp32', 'fp16', 'q8', 'q4', 'int8'] },
    });
    expect(await rejection(load(stories, { cacheFolder, cacheLimitBytes: 1000 }))).toMatchObject({
      code: 'cache-failed',
      details: { limit: 1000 },
    });
    expect(await readdir(cacheFolder)).toEqual(['weights']);
    expect(await readdir(join(cacheFolder, 'weights'))).toEqual([]);
    expect(await rejection(load(stories, { wasmPaths: '/' }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'wasmPaths' },
    });
    expect(await rejection(load(stories, { cacheLimitBytes: -1 }))).toMatchObject({
      code: 'invalid-parameter',
    });
    expect((await openFilesBelow(stories)) ?? []).toEqual([]);
  });

  it('takes the tokenizer of a GGUF file that stands alone', async () => {
    const folder = await newFolder();
    const path = join(folder, 'alone.gguf');
    await cp(join(stories, 'stories260k-f32.gguf'), path);
    const { prompt, promptIds, ids } = goldenCase();
    expect([...(await loadTokenizer(path)).tokenizer.encode(prompt).ids]).toEqual(promptIds);
    const { tokenizer, model, generationConfig, dispose } = await load(path, {
      cacheFolder: await newFolder(),
    });
    try {
      expect(tokenizer.kind).toBe('gguf');
      expect(model.modelId).toBe('alone');
      expect(generationConfig).toMatchObject({ endTokenIds: [2], bosTokenId: 1 });
      expect(await continueGreedily(model, promptIds, 5)).toEqual(ids.slice(0, 5));
    } finally {
      await dispose();
    }
    expect((await openFilesBelow(folder)) ?? []).toEqual([]);
  });

  it('loads a tokenizer alone', async () => {
    const { tokenizer } = await loadTokenizer(join(stories, 'stories260k-f32.gguf'));
    const { promptIds, prompt } = goldenCase();
    expect([...tokenizer.encode(prompt).ids]).toEqual(promptIds);
    const folder = await newFolder();
    await cp(join(stories, 'tokenizer.json'), join(folder, 'tokenizer.json'));
    expect((await loadTokenizer(folder)).tokenizer.vocabSize).toBe(512);
  });
});

describe.skipIf(!hasShared)('load of broken models', () => {
  const files = [
    'config.json',
    'generation_config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'model.safetensors',
  ];

  async function copyOfStories(): Promise<string> {
    const folder = join(await newFolder(), 'stories');
    await mkdir(folder);
    for (const file of files) await writeFile(join(folder, file), await readFile(join(stories, file)));
    return folder;
  }

  async function editJson(path: string, edit: (value: Record<string, unknown>) => void): Promise<void> {
    const value = JSON.parse(await readFile(path, 'utf8'));
    edit(value);
    await writeFile(path, JSON.stringify(value));
  }

  /** Replaces a text of the safetensors header by one of the same length. */
  async function editHeader(folder: string, from: string | RegExp, to: string): Promise<void> {
    const path = join(folder, 'model.safetensors');
    const bytes = await readFile(path);
    const length = Number(bytes.readBigUInt64LE(0));
    const header = bytes.subarray(8, 8 + length).toString('latin1');
    const edited = header.replace(from, to);
    expect(edited).not.toBe(header);
    expect(edited.length).toBe(length);
    bytes.write(edited, 8, 'latin1');
    await writeFile(path, bytes);
  }

  const cases: [string, string, object, (folder: string) => Promise<void>][] = [
    [
      'a truncated safetensors file',
      'invalid-file',
      { path: expect.stringContaining('model.safetensors') },
      (folder) => truncate(join(folder, 'model.safetensors'), 500_000),
    ],
    [
      'a wrong dtype',
      'unsupported-dtype',
      { path: expect.stringContaining('model.safetensors'), tensor: 'model.norm.weight', dtype: 'I32' },
      (folder) => editHeader(folder, /("model\.norm\.weight":\{"dtype":")F32/, '$1I32'),
    ],
    [
      'a missing tensor',
      'missing-tensor',
      { tensor: 'model.norm.weight' },
      (folder) => editHeader(folder, '"model.norm.weight"', '"model.form.weight"'),
    ],
    [
      'a token id beyond the logits row',
      'tokenizer-mismatch',
      { path: expect.stringContaining('tokenizer.json'), id: 600, vocabSize: 512 },
      (folder) =>
        editJson(join(folder, 'tokenizer.json'), (value) => {
          const added = value.added_tokens as Record<string, unknown>[];
          value.added_tokens = [...added, { ...added[0], id: 600, content: '<extra>' }];
        }),
    ],
    [
      'a config that contradicts the embedding',
      'invalid-config',
      { field: 'vocab_size', value: 513, expected: 512, tensor: 'model.embed_tokens.weight' },
      (folder) =>
        editJson(join(folder, 'config.json'), (value) => {
          value.vocab_size = 513;
        }),
    ],
    [
      'an unknown architecture',
      'unknown-architecture',
      { architecture: 'abacus' },
      (folder) =>
        editJson(join(folder, 'config.json'), (value) => {
          value.model_type = 'abacus';
        }),
    ],
    [
      'an end token outside the vocabulary',
      'invalid-config',
      { path: expect.stringContaining('generation_config.json'), field: 'eos_token_id' },
      (folder) =>
        editJson(join(folder, 'generation_config.json'), (value) => {
          value.eos_token_id = [2, 512];
        }),
    ],
    [
      'a config that is no JSON',
      'invalid-file',
      { path: expect.stringContaining('config.json') },
      (folder) => writeFile(join(folder, 'config.json'), '{"model_type": '),
    ],
    [
      'a tokenizer that is no JSON',
      'invalid-file',
      { path: expect.stringContaining('tokenizer.json') },
      (folder) => writeFile(join(folder, 'tokenizer.json'), 'tokens'),
    ],
    [
      'no tokenizer',
      'file-not-found',
      { path: expect.stringContaining('tokenizer.json') },
      (folder) => rm(join(folder, 'tokenizer.json')),
    ],
  ];

  it.each(cases)('%s: %s', async (_, code, details, spoil) => {
    const folder = await copyOfStories();
    await spoil(folder);
    const cacheFolder = await newFolder();
    const error = await rejection(load(folder, { cacheFolder }));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject(details);
    for (const [name, value] of Object.entries(details)) {
      if (typeof value === 'string' && name !== 'field') expect(error.message).toContain(value);
    }
    expect(await readdir(join(cacheFolder, 'weights')).catch(() => [])).toEqual([]);
    expect((await openFilesBelow(folder)) ?? []).toEqual([]);
  });

  it('an ONNX file that is none', async () => {
    const folder = await copyOfStories();
    await writeFile(join(folder, 'model.onnx'), 'not a graph');
    const error = await rejection(load(join(folder, 'model.onnx')));
    expect(['invalid-file', 'backend-failed']).toContain(error.code);
  });

  it('an ONNX file without a config', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'model.onnx'), '');
    expect(await rejection(load(folder))).toMatchObject({
      code: 'file-not-found',
      details: { path: join(folder, 'config.json') },
    });
  });
});

describe('load of the embedded models', () => {
  it.each(['tales', 'tales-chat'])('%s', async (name) => {
    const { model, tokenizer, chatTemplate, generationConfig, source, dispose } = await load(name, {
      cacheFolder: await newFolder(),
    });
    try {
      expect(source).toMatchObject({ name, origin: 'embedded', format: 'safetensors', dtype: 'fp32' });
      expect(model.modelId).toBe(name);
      expect(tokenizer.decode(tokenizer.encode('The capital of France is').ids)).toBe(
        'The capital of France is',
      );
      expect(generationConfig.endTokenIds.length).toBeGreaterThan(0);
      if (name === 'tales-chat')
        expect(chatTemplate?.render([{ role: 'user', content: 'Hello!' }])).toContain('Hello!');
      const ids = [...tokenizer.encode('Once upon a time').ids];
      expect(await continueGreedily(model, ids, 3)).toHaveLength(3);
    } finally {
      await dispose();
    }
  });
});
