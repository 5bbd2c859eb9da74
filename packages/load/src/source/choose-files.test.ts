import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';
import { chooseFiles } from './choose-files';
import { locateModel } from './locate-model';

const newFolder = temporaryFolders();

async function folderWith(...files: string[]): Promise<string> {
  const folder = await newFolder();
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

const choose = async (path: string, dtype = 'auto') => chooseFiles(await locateModel(path), dtype);

describe('chooseFiles in a folder', () => {
  it.each([
    [['model.safetensors', 'a.gguf', 'onnx/model.onnx'], 'auto', 'safetensors', '', 'auto'],
    [['model.safetensors.index.json', 'onnx/model.onnx'], 'fp32', 'safetensors', '', 'fp32'],
    [['a.gguf', 'onnx/model.onnx'], 'auto', 'gguf', 'a.gguf', 'auto'],
    [['a.gguf', 'onnx/model.onnx'], 'q4', 'gguf', 'a.gguf', 'q4'],
    [['model.safetensors', 'onnx/model_q4.onnx'], 'q8', 'safetensors', '', 'q8'],
    [['onnx/model.onnx', 'onnx/model_q4.onnx'], 'auto', 'onnx', 'onnx/model.onnx', 'fp32'],
    [
      ['onnx/model_q4.onnx', 'onnx/model_quantized.onnx'],
      'auto',
      'onnx',
      'onnx/model_quantized.onnx',
      'int8',
    ],
    [['model.safetensors', 'onnx/model_quantized.onnx'], 'int8', 'onnx', 'onnx/model_quantized.onnx', 'int8'],
    [['onnx/model_int8.onnx'], 'int8', 'onnx', 'onnx/model_int8.onnx', 'int8'],
    [['onnx/model_fp16.onnx'], 'fp16', 'onnx', 'onnx/model_fp16.onnx', 'fp16'],
    [['onnx/model_q4f16.onnx'], 'q4f16', 'onnx', 'onnx/model_q4f16.onnx', 'q4f16'],
    [['model.onnx'], 'auto', 'onnx', 'model.onnx', 'fp32'],
  ])('%o with dtype %s: %s', async (files, dtype, format, weights, own) => {
    const folder = await folderWith(...files);
    expect(await choose(folder, dtype)).toEqual({
      format,
      weights: join(folder, weights),
      folder,
      dtype: own,
    });
  });

  it('refuses a dtype that no file gives, and names those that are there', async () => {
    const folder = await folderWith('model.safetensors', 'onnx/model.onnx', 'onnx/model_q4.onnx');
    const checkpoint = ['auto', 'fp32', 'fp16', 'q8', 'q4', 'int8'];
    expect(await rejection(choose(folder, 'bnb4'))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'dtype', value: 'bnb4', available: checkpoint },
    });
    const ready = await folderWith('onnx/model.onnx', 'onnx/model_q4.onnx');
    expect(await rejection(choose(ready, 'int8'))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'dtype', value: 'int8', available: ['auto', 'fp32', 'q4'] },
    });
  });

  it('refuses to guess among several GGUF files', async () => {
    const error = await rejection(choose(await folderWith('a.gguf', 'b.gguf')));
    expect(error.code).toBe('invalid-parameter');
    expect(error.message).toContain('a.gguf, b.gguf');
  });

  it('says what a folder without a model lacks', async () => {
    const folder = await folderWith('config.json');
    expect(await rejection(choose(folder))).toMatchObject({
      code: 'file-not-found',
      details: { path: folder },
    });
  });
});

describe('chooseFiles of a file', () => {
  it('takes the file, and the small files beside it', async () => {
    const folder = await folderWith('model.safetensors', 'b.gguf', 'a.gguf', 'onnx/model_q4.onnx');
    expect(await choose(join(folder, 'b.gguf'))).toEqual({
      format: 'gguf',
      weights: join(folder, 'b.gguf'),
      folder,
      dtype: 'auto',
    });
    expect(await choose(join(folder, 'onnx', 'model_q4.onnx'))).toEqual({
      format: 'onnx',
      weights: join(folder, 'onnx', 'model_q4.onnx'),
      folder,
      dtype: 'q4',
    });
    await writeFile(join(folder, 'onnx', 'config.json'), '{}');
    expect((await choose(join(folder, 'onnx', 'model_q4.onnx'), 'q4')).folder).toBe(join(folder, 'onnx'));
  });

  it('refuses another dtype than its own, and other endings', async () => {
    const folder = await folderWith('a.gguf', 'model_q4.onnx', 'weights.bin');
    for (const [file, dtype, available] of [
      ['a.gguf', 'q4f16', ['fp32', 'fp16', 'q8', 'q4', 'int8']],
      ['model_q4.onnx', 'fp32', ['q4']],
    ] as const) {
      expect(await rejection(choose(join(folder, file), dtype))).toMatchObject({
        code: 'unsupported-option',
        details: { option: 'dtype', available: ['auto', ...available] },
      });
    }
    expect(await rejection(choose(join(folder, 'weights.bin')))).toMatchObject({ code: 'invalid-file' });
  });
});
