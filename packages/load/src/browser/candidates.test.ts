import { describe, expect, it } from 'vitest';
import { rejection } from '../testing/rejection';
import type { BrowserLocation } from './browser-location';
import { fileCandidate, folderCandidates } from './candidates';

const location = (names?: readonly string[]) => ({ modelId: 'a/b', href: 'a/b', names }) as BrowserLocation;
const files = (names: readonly string[] | undefined, dtype: string) =>
  folderCandidates(location(names), dtype).map((found) => `${found.file} ${found.dtype}`);
const refused = (call: () => unknown) => rejection((async () => call())());

describe('files that may hold the weights', () => {
  it.each<[names: readonly string[] | undefined, dtype: string, expected: readonly string[]]>([
    [
      ['model.safetensors', 'onnx/model_q4.onnx'],
      'auto',
      ['model.safetensors fp32', 'onnx/model_q4.onnx q4'],
    ],
    [['model.safetensors', 'onnx/model_q4.onnx'], 'q4', ['onnx/model_q4.onnx q4', 'model.safetensors q4']],
    [['model.safetensors', 'onnx/model_q4.onnx'], 'q8', ['model.safetensors q8']],
    [['model.safetensors.index.json', 'model.onnx'], 'int8', ['model.safetensors.index.json int8']],
    [['some.gguf'], 'auto', ['some.gguf fp32']],
    [['some.gguf'], 'q4', ['some.gguf q4']],
    [['onnx/model.onnx'], 'q4', []],
    [['model.safetensors', 'onnx/model_bnb4.onnx'], 'bnb4', ['onnx/model_bnb4.onnx bnb4']],
    [
      undefined,
      'int8',
      [
        'onnx/model_quantized.onnx int8',
        'onnx/model_int8.onnx int8',
        'model.safetensors int8',
        'model.safetensors.index.json int8',
      ],
    ],
    [undefined, 'q8', ['model.safetensors q8', 'model.safetensors.index.json q8']],
    [undefined, 'bnb4', ['onnx/model_bnb4.onnx bnb4']],
  ])('of %j as %s: %j', (names, dtype, expected) => {
    expect(files(names, dtype)).toEqual(expected);
  });

  it('a format that neither graphs of ours nor ready-made files have is refused with those that are', async () => {
    for (const call of [
      () => files(undefined, 'int3'),
      () => files(['model.safetensors'], 'int3'),
      () => fileCandidate(location(), 'model.safetensors', 'int3'),
      () => fileCandidate(location(), 'model_q4.onnx', 'int8'),
    ])
      expect(await refused(call)).toMatchObject({
        code: 'unsupported-option',
        details: { option: 'dtype', available: expect.arrayContaining(['auto']) },
      });
  });
});
