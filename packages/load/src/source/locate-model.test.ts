import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';
import { locateModel } from './locate-model';

const newFolder = temporaryFolders();
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('locateModel', () => {
  it('takes folders and files by their paths and gives them names', async () => {
    const folder = join(await newFolder(), 'my-model');
    await mkdir(join(folder, 'onnx'), { recursive: true });
    const files = ['model.safetensors', 'Tiny.Q4_1.gguf', join('onnx', 'model_quantized.onnx')];
    for (const file of files) await writeFile(join(folder, file), '');
    const located = await Promise.all(
      [folder, ...files.map((file) => join(folder, file))].map((path) => locateModel(path)),
    );
    expect(located.map(({ modelId, isFolder }) => [modelId, isFolder])).toEqual([
      ['my-model', true],
      ['my-model', false],
      ['Tiny.Q4_1', false],
      ['my-model', false],
    ]);
    expect(located.every(({ origin }) => origin === 'path')).toBe(true);
  });

  it.each([
    './missing',
    '../missing/model',
    '/missing',
    'folder\\missing',
    '~/missing',
    'missing.gguf',
    'a/b.onnx',
  ])('takes %s for a path that does not exist', async (name) => {
    expect(await rejection(locateModel(name))).toMatchObject({
      code: 'file-not-found',
      details: { path: expect.any(String) },
    });
  });

  it.each(['missing', '', 'a/b/c', 'some/model name'])('says what it looked at for %j', async (name) => {
    const error = await rejection(locateModel(name));
    expect(error).toMatchObject({ code: 'model-not-found', details: { name, lookedAt: expect.any(Array) } });
    expect(error.message).toContain('tales, tales-chat');
  });
});
