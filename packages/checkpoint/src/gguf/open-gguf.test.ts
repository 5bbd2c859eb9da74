import { describe, expect, test } from 'vitest';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyGguf, tinyGgufFile, tinyMetadata, tinyValues } from '../testing/tiny-llama';
import type { GgufFile, GgufValue } from '../testing/write-gguf';
import { float32Bytes } from '../testing/write-safetensors';
import { openGguf } from './open-gguf';

const open = (bytes: Uint8Array) => openGguf(bytesSource(bytes, 'folder/tiny.gguf'));
const metadata = (changes: Record<string, GgufValue>) =>
  tinyGguf({ metadata: { ...tinyMetadata, ...changes } });
const refused = (bytes: Uint8Array) => caught(open(bytes));

/** The test model with one tensor changed. */
function withTensor(name: string, change: Partial<GgufFile['tensors'][number]>): Uint8Array {
  const tensors = tinyGgufFile().tensors.map((each) => (each.name === name ? { ...each, ...change } : each));
  return tinyGguf({ tensors });
}

describe.each([1, 2, 3])('version %i', (version) => {
  test('lists and reads every tensor under its Hugging Face name, rows in order', async () => {
    const checkpoint = await open(tinyGguf({ version }));
    expect(checkpoint.format).toBe('gguf');
    expect([...checkpoint.tensors.keys()]).toEqual([...tinyValues.keys()]);
    for (const [name, values] of tinyValues) expect(await checkpoint.read(name), name).toEqual(values);
    expect(checkpoint.tensors.get('model.layers.0.self_attn.k_proj.weight')).toEqual({
      name: 'model.layers.0.self_attn.k_proj.weight',
      shape: [4, 8],
      dtype: 'F32',
      readable: true,
      byteLength: 128,
      source: 'tiny.gguf',
    });
    expect(checkpoint.metadata['tokenizer.ggml.tokens']).toEqual(['a', 'b', '\uFEFF', 'ü', '', '𝄞']);
  });
});

test('the key-values as an architecture', async () => {
  const { architecture } = await open(tinyGguf());
  expect(architecture).toMatchObject({
    vocabSize: 6,
    headSize: 4,
    normEpsilon: 2 ** -16,
    rope: { theta: 10000, dimensions: 4, scaling: null },
    tiedEmbeddings: false,
  });
  const theta = await open(metadata({ 'llama.rope.freq_base': ['float32', 500] }));
  expect(theta.architecture.rope?.theta).toBe(500);
  const tied = await open(tinyGguf({ tensors: tinyGgufFile().tensors.slice(0, -1) }));
  expect(tied.architecture.tiedEmbeddings).toBe(true);
  const perLayer = await open(metadata({ 'llama.attention.head_count_kv': ['uint32[]', [1, 1]] }));
  expect(perLayer.architecture.keyValueHeadCount).toBe(1);
});

test('values of every type; 64-bit integers are numbers where that is exact', async () => {
  const checkpoint = await open(
    metadata({
      'x.uint8': ['uint8', 200],
      'x.int8': ['int8', -100],
      'x.uint16': ['uint16', 60000],
      'x.int16': ['int16', -30000],
      'x.int32': ['int32', -5],
      'x.float64': ['float64', 0.1],
      'x.bool': ['bool', true],
      'x.uint64': ['uint64', 2n ** 53n - 1n],
      'x.large': ['uint64', 2n ** 64n - 1n],
      'x.int64': ['int64', -7n],
      'x.low': ['int64', -(2n ** 63n)],
      'x.array': ['float32[]', [0.5, -1]],
      'x.empty': ['string[]', []],
      __proto__: ['uint8', 1],
    }),
  );
  expect(checkpoint.metadata).toMatchObject({
    'x.uint8': 200,
    'x.int8': -100,
    'x.uint16': 60000,
    'x.int16': -30000,
    'x.int32': -5,
    'x.float64': 0.1,
    'x.bool': true,
    'x.uint64': Number.MAX_SAFE_INTEGER,
    'x.large': 2n ** 64n - 1n,
    'x.int64': -7,
    'x.low': -(2n ** 63n),
    'x.array': [0.5, -1],
    'x.empty': [],
  });
});

test('another alignment', async () => {
  const file = { alignment: 64, metadata: { ...tinyMetadata, 'general.alignment': ['uint32', 64] as const } };
  const checkpoint = await open(tinyGguf(file));
  for (const [name, values] of tinyValues) expect(await checkpoint.read(name)).toEqual(values);
});

test('types that cannot be read are listed with their names', async () => {
  const norm = 'output_norm.weight';
  for (const [type, dtype, bytes, shape] of [
    [24, 'I8', 8, [8]],
    [31, 'Q4_0_4_4', 32, [8]],
    [77, 'type 77', 32, [8]],
  ] as const) {
    const checkpoint = await open(withTensor(norm, { type, bytes: new Uint8Array(bytes), shape }));
    const info = checkpoint.tensors.get('model.norm.weight');
    expect(info).toMatchObject({ dtype, readable: false });
    expect(await caught(checkpoint.read('model.norm.weight'))).toMatchObject({
      code: 'unsupported-dtype',
      details: { path: 'tiny.gguf', tensor: 'model.norm.weight', dtype },
    });
  }
});

test('interleaved rows of an unknown size are not handed out in a wrong order', async () => {
  const checkpoint = await open(withTensor('blk.0.attn_q.weight', { type: 77 }));
  const name = 'model.layers.0.self_attn.q_proj.weight';
  expect((await caught(checkpoint.readBytes(name))).code).toBe('unsupported-dtype');
});

describe('unsupported options', () => {
  test.each<[string, GgufValue]>([
    ['llama.rope.scaling.type', ['string', 'spiral']],
    ['llama.expert_count', ['uint32', 8]],
    ['split.count', ['uint16', 2]],
    ['llama.attention.sliding_window', ['uint32', 4096]],
    ['llama.rope.dimension_count', ['uint32', 2]],
    ['llama.attention.value_length', ['uint32', 8]],
    ['llama.attention.head_count_kv', ['uint32[]', [1, 2]]],
  ])('%s = %j', async (field, value) => {
    const error = await refused(metadata({ [field]: value }));
    expect(error).toMatchObject({ code: 'unsupported-option', details: { path: 'folder/tiny.gguf', field } });
  });
});

describe('scaled rotary frequencies', () => {
  const rope = async (bytes: Uint8Array) => (await open(bytes)).architecture.rope;
  const freqs = (values: readonly number[], type = 0) => {
    const bytes = float32Bytes(values);
    const factors = { name: 'rope_freqs.weight', shape: [values.length], type, bytes };
    return tinyGguf({ tensors: [...tinyGgufFile().tensors, factors] });
  };

  test('linear, in both spellings, and yarn', async () => {
    const linear = { scaling: { type: 'linear', factor: 2 } };
    const old = metadata({ 'llama.rope.scale_linear': ['float32', 2] });
    expect(await rope(old)).toMatchObject(linear);
    const type = (name: string) => ({ 'llama.rope.scaling.type': ['string', name] as const });
    const factor = { 'llama.rope.scaling.factor': ['float32', 2] as const };
    expect(await rope(metadata({ ...type('linear'), ...factor }))).toMatchObject(linear);
    const original = { 'llama.rope.scaling.original_context_length': ['uint32', 8] as const };
    expect(await rope(metadata({ ...type('yarn'), ...factor, ...original }))).toMatchObject({
      scaling: {
        type: 'yarn',
        factor: 2,
        originalContextLength: 8,
        betaFast: 32,
        betaSlow: 1,
        attentionFactor: 0.1 * Math.log(2) + 1,
      },
    });
    expect((await refused(metadata(type('yarn')))).details.field).toBe('llama.rope.scaling.factor');
  });

  test('rope_freqs.weight is no weight, but divides the frequencies', async () => {
    const checkpoint = await open(freqs([1, 8]));
    expect(checkpoint.architecture.rope?.scaling).toEqual({ type: 'divided', factors: [1, 8] });
    expect([...checkpoint.tensors.keys()]).toEqual([...tinyValues.keys()]);
    for (const wrong of [freqs([1]), freqs([1, 0])])
      expect(await refused(wrong)).toMatchObject({
        code: 'invalid-config',
        details: { field: 'rope_freqs.weight' },
      });
    expect(await refused(freqs([1, 8], 77))).toMatchObject({
      code: 'invalid-file',
      details: { tensor: 'rope_freqs.weight' },
    });
  });
});

describe('contradictions', () => {
  const further = (name: string) => {
    const tensor = { name, shape: [8], type: 0, bytes: new Uint8Array(32) };
    return tinyGguf({ tensors: [...tinyGgufFile().tensors, tensor] });
  };
  test.each<[code: string, words: string, bytes: Uint8Array]>([
    ['unknown-architecture', 'mamba', metadata({ 'general.architecture': ['string', 'mamba'] })],
    ['unknown-architecture', 'not a name', metadata({ 'general.architecture': ['uint32', 7] })],
    ['invalid-config', 'vocab_size', metadata({ 'llama.vocab_size': ['uint32', 7] })],
    ['invalid-config', 'block_count', metadata({ 'llama.block_count': ['string', 'one'] })],
    ['missing-tensor', 'token_embd', tinyGguf({ tensors: tinyGgufFile().tensors.slice(1) })],
    ['missing-tensor', 'layers.1', metadata({ 'llama.block_count': ['uint32', 2] })],
    ['missing-tensor', 'k_proj.bias', further('blk.0.attn_q.bias')],
    ['tensor-shape', 'mlp.up_proj', withTensor('blk.0.ffn_up.weight', { shape: [8, 12] })],
    ['invalid-config', 'no place', further('blk.0.attn_sub_norm.weight')],
    ['invalid-config', 'no place', further('blk.00.attn_norm.weight')],
    ['invalid-config', 'no place', further('model.norm.weight')],
  ])('%s: %s', async (code, words, bytes) => {
    const error = await refused(bytes);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ code, details: { path: 'folder/tiny.gguf' } });
  });
});
