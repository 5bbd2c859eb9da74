import { hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { openCheckpointPath } from './node';

const models = sharedPath('data/models');
const goldens = sharedPath('goldens');

interface WeightCheck {
  readonly name: string;
  readonly shape: readonly number[];
  readonly sum: number;
  readonly sum_abs: number;
  readonly first4?: readonly number[];
  readonly first4_of_rows?: Readonly<Record<string, readonly number[]>>;
}

describe.skipIf(!hasShared)('real files', () => {
  test('stories260k: the folder and the GGUF file hold the same weights', async () => {
    const folder = await openCheckpointPath(`${models}/stories260k`);
    const gguf = await openCheckpointPath(`${models}/stories260k/stories260k-f32.gguf`);
    expect([folder.format, gguf.format]).toEqual(['safetensors', 'gguf']);
    expect(folder.tensors.size).toBe(47);
    for (const [name, { shape }] of folder.tensors) {
      expect(gguf.tensors.get(name)?.shape, name).toEqual(shape);
      expect(await gguf.read(name), name).toEqual(await folder.read(name));
    }
    expect(await gguf.read('lm_head.weight')).toEqual(await gguf.read('model.embed_tokens.weight'));
    const { tiedEmbeddings: tied, normEpsilon: epsilon, ...fromConfig } = folder.architecture;
    const { tiedEmbeddings: untied, normEpsilon: rounded, ...fromGguf } = gguf.architecture;
    expect(fromGguf).toEqual(fromConfig);
    expect([tied, untied]).toEqual([true, false]);
    expect(rounded).toBe(Math.fround(epsilon));
    await folder.close();
    await gguf.close();
  });

  test.each([
    ['llama', { vocabSize: 320, hiddenSize: 64, headSize: 16, keyValueHeadCount: 2 }],
    ['mistral', { vocabSize: 384, slidingWindow: { size: 8, firstLayer: 0, pattern: [true] } }],
    ['qwen2', { attentionBias: true, attentionOutputBias: false, slidingWindow: null }],
    ['qwen3', { headSize: 24, queryKeyNorm: true, rope: { theta: 1e6, dimensions: 24, scaling: null } }],
    ['gpt2', { headSize: 14, rope: null, norm: 'layer', activation: 'gelu-tanh', contextLength: 96 }],
  ])('tiny-random-%s', async (family, facts) => {
    const checkpoint = await openCheckpointPath(`${goldens}/models/tiny-random-${family}`);
    expect(checkpoint.architecture).toMatchObject({ family, ...facts });
    for (const [name, { byteLength }] of checkpoint.tensors) {
      const values = await checkpoint.read(name);
      expect(values.length * 4).toBe(byteLength);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    await checkpoint.close();
  });

  test('SmolLM2: Q4_1 and Q8_0 dequantized as ggml does, rows in order', async () => {
    const checkpoint = await openCheckpointPath(`${models}/smollm2-135m-instruct`);
    expect(checkpoint.architecture).toMatchObject({
      layerCount: 30,
      tiedEmbeddings: true,
      rope: { theta: 100000 },
    });
    const { weights_check: checks } = readGolden<{ weights_check: WeightCheck[] }>('smollm2/forward.json');
    for (const { name, shape, ...check } of checks) {
      expect(checkpoint.tensors.get(name)?.shape).toEqual(shape);
      const values = await checkpoint.read(name);
      let sum = 0;
      let sumOfAbsolutes = 0;
      for (const value of values) {
        sum += value;
        sumOfAbsolutes += Math.abs(value);
      }
      expect(Math.abs(sum - check.sum), name).toBeLessThan(1e-9 * check.sum_abs);
      expect(Math.abs(sumOfAbsolutes - check.sum_abs), name).toBeLessThan(1e-9 * check.sum_abs);
      for (const [row, first4] of Object.entries(check.first4_of_rows ?? { 0: check.first4 ?? [] })) {
        const from = Number(row) * (shape[1] ?? 0);
        expect([...values.subarray(from, from + 4)], `${name}, row ${row}`).toEqual(first4);
      }
    }
    expect(await checkpoint.fingerprint()).toMatch(/^[0-9a-f]{64}$/);
    await checkpoint.close();
  });
});
