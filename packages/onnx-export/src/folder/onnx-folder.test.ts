import type { Checkpoint } from '@nexttoken/checkpoint';
import { expect, test } from 'vitest';
import { smallArchitecture } from '../testing/small-architecture';
import { type FolderDtype, folderDtypes, onnxFolder } from './onnx-folder';

const config = {
  model_type: 'llama',
  torch_dtype: 'bfloat16',
  quantization_config: { bits: 4 },
  eos_token_id: 2,
};

function folder(headSize: number, dtype?: FolderDtype) {
  const architecture = smallArchitecture(headSize);
  const { hiddenSize, intermediateSize, vocabSize } = architecture;
  const shapes: [string, number[]][] = ['embed_tokens', 'lm_head'].map((name) => [
    name,
    [vocabSize, hiddenSize],
  ]);
  for (const name of ['q_proj', 'o_proj']) shapes.push([name, [hiddenSize, hiddenSize]]);
  for (const name of ['k_proj', 'v_proj']) shapes.push([name, [headSize, hiddenSize]]);
  for (const name of ['gate_proj', 'up_proj']) shapes.push([name, [intermediateSize, hiddenSize]]);
  shapes.push(['down_proj', [hiddenSize, intermediateSize]]);
  const known = new Map(shapes);
  const tensors = {
    get: (name: string) => ({
      name,
      dtype: 'F32',
      shape: known.get(name.split('.').at(-2)!) ?? [hiddenSize],
    }),
  };
  const checkpoint = { name: 'small', architecture, tensors } as unknown as Checkpoint;
  const generationConfig = { eos_token_id: [2, 3], bos_token_id: 1 };
  return onnxFolder(checkpoint, { config, generationConfig, ...(dtype && { dtype }) });
}

const jsonOf = (files: ReturnType<typeof folder>['files'], path: string) =>
  JSON.parse(new TextDecoder().decode(files.find((file) => file.path === path)!.content));

test.each<[FolderDtype, string]>([
  ['fp32', 'model.onnx'],
  ['fp16', 'model_fp16.onnx'],
  ['q8', 'model_quantized.onnx'],
  ['q4', 'model_q4.onnx'],
])('%s: the names that transformers.js looks for', (dtype, graph) => {
  const { files, weights } = folder(16, dtype);
  expect(files.map(({ path }) => path)).toEqual([`onnx/${graph}`, 'config.json', 'genai_config.json']);
  expect([weights.path, weights.location]).toEqual([`onnx/${graph}_data`, `${graph}_data`]);
  expect(new TextDecoder('latin1').decode(files[0]!.content)).toContain(`${graph}_data`);
  expect(jsonOf(files, 'config.json')).toEqual({
    model_type: 'llama',
    eos_token_id: 2,
    torch_dtype: 'float32',
    'transformers.js_config': { dtype, use_external_data_format: { [graph]: 1 } },
  });
});

test('genai_config.json has the sizes, the names and the ids', () => {
  const { model, search } = jsonOf(folder(16).files, 'genai_config.json');
  expect(model).toMatchObject({
    type: 'llama',
    bos_token_id: 1,
    eos_token_id: [2, 3],
    pad_token_id: 2,
    context_length: 16,
    vocab_size: 10,
    decoder: { filename: 'onnx/model.onnx', head_size: 16, num_key_value_heads: 1, num_hidden_layers: 2 },
  });
  expect(search).toMatchObject({ do_sample: false, max_length: 16 });
});

test('fused attention where the operator takes the head size', () => {
  expect(folder(16).layout).toBe('standard-fused');
  expect(folder(4).layout).toBe('standard');
  expect(folder(4).description.dtype).toBe('fp32');
});

test('refusals', () => {
  expect(() => folder(16, 'q3' as FolderDtype)).toThrow(
    expect.objectContaining({ code: 'invalid-parameter' }),
  );
  expect(folderDtypes).toEqual(['fp32', 'fp16', 'q8', 'q4']);
});

test('weights beyond protobuf’s 2 GB lie outside of the graph, which stays small', () => {
  const sizes = {
    vocabSize: 32000,
    hiddenSize: 4096,
    intermediateSize: 14336,
    layerCount: 32,
    headCount: 32,
    keyValueHeadCount: 8,
  };
  const architecture = { ...smallArchitecture(128), ...sizes };
  const checkpoint = { name: 'large', architecture, tensors: new Map() } as unknown as Checkpoint;
  const { files, weights } = onnxFolder(checkpoint, { config: {} });
  expect(weights.byteLength).toBeGreaterThan(28e9);
  const [graph] = files;
  expect(graph!.content.length).toBeLessThan(2 ** 20);
  const offsets = [...new TextDecoder('latin1').decode(graph!.content).matchAll(/offset..(\d+)/gs)].map(
    ([, digits]) => Number(digits),
  );
  expect(Math.max(...offsets)).toBeGreaterThan(28e9);
  for (const offset of offsets) expect(offset % 4096).toBe(0);
});
