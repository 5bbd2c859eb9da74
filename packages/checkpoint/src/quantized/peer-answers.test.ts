import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openSafetensors } from '../safetensors/open-safetensors';
import { safetensorsFormats } from '../safetensors/safetensors-dtypes';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyConfig, tinyTensors, tinyValues } from '../testing/tiny-llama';
import { type PlainTensor, writeSafetensors } from '../testing/write-safetensors';

interface Stored {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: string;
}
interface Case {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, Stored>>;
  readonly shape: readonly [outputs: number, inputs: number];
  readonly values: string;
}

const file = new URL('../../testdata/quantized-answers.json', import.meta.url);
const { cases, float8 } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly cases: readonly Case[];
  readonly float8: Readonly<Record<string, string>>;
};
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
const floatsOf = (text: string) => new Float32Array(bytesOf(text).buffer);

const layer = 'model.layers.0.mlp.gate_proj';

/** A folder whose feed-forward part has the shape of the case, with its parts in place of `gate_proj`. */
function open(
  { config, parts, shape }: Case,
  change: (tensors: PlainTensor[]) => PlainTensor[] = (all) => all,
) {
  const [intermediate, hidden] = shape;
  const sizes = { hidden_size: hidden, intermediate_size: intermediate, head_dim: 4 };
  const resized = tinyTensors().map((tensor): PlainTensor => {
    const resize = (size: number) => (size === 12 ? intermediate : size);
    const to = tensor.shape.map((size, i) => {
      if (/q_proj|k_proj|v_proj/.test(tensor.name)) return i === 1 ? hidden : size;
      if (/o_proj/.test(tensor.name)) return i === 0 ? hidden : size;
      return size === 8 ? hidden : resize(size);
    });
    const count = to.reduce((product, size) => product * size, 1);
    return { ...tensor, shape: to, bytes: new Uint8Array(4 * count) };
  });
  const quantized = Object.entries(parts).map(([role, { bytes, ...rest }]) => ({
    ...rest,
    name: `${layer}.${role}`,
    bytes: bytesOf(bytes),
  }));
  const tensors = [...resized.filter(({ name }) => name !== `${layer}.weight`), ...quantized];
  return openSafetensors({
    config: { ...tinyConfig, ...sizes, quantization_config: config },
    sources: [bytesSource(writeSafetensors(change(tensors)), 'model.safetensors')],
  });
}

describe('linear layers equal what AutoAWQ, GPTQModel and PyTorch make of them', () => {
  test.each(cases)('$name', async (one) => {
    const checkpoint = await open(one);
    const info = checkpoint.tensors.get(`${layer}.weight`)!;
    expect(info).toMatchObject({ shape: one.shape, readable: true });
    expect(info.parts!.map(({ name }) => name).sort()).toEqual(
      Object.keys(one.parts)
        .map((role) => `${layer}.${role}`)
        .sort(),
    );
    const actual = await checkpoint.read(`${layer}.weight`);
    const expected = floatsOf(one.values);
    const worst = expected.reduce((most, value, i) => {
      const error = Math.abs(actual[i]! - value) / Math.max(Math.abs(value), 1e-3);
      return Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    }, 0);
    expect(actual).toHaveLength(expected.length);
    expect(worst).toBeLessThan(1e-6);
  });

  test('parts are there by their stored names; the weight has no bytes of its own', async () => {
    const one = cases[0]!;
    const checkpoint = await open(one);
    expect(await checkpoint.readBytes(`${layer}.qweight`)).toEqual(bytesOf(one.parts.qweight!.bytes));
    expect(await caught(checkpoint.readBytes(`${layer}.weight`))).toMatchObject({
      code: 'unsupported-dtype',
    });
    expect(await checkpoint.read(`${layer}.scales`)).toHaveLength(2 * 16);
    expect(checkpoint.tensors.has(`${layer}.qweight`)).toBe(false);
  });
});

describe('what does not fit together is refused by name', () => {
  const refusal = (one: Case, role: string, change: (part: PlainTensor) => PlainTensor | undefined) =>
    caught(
      open(one, (tensors) =>
        tensors.flatMap((tensor) => (tensor.name === `${layer}.${role}` ? (change(tensor) ?? []) : [tensor])),
      ),
    );

  test.each([
    ['awq', cases[0]!, 'scales'],
    ['gptq', cases[2]!, 'qzeros'],
  ])('%s: a part that is missing', async (_, one, role) => {
    const error = await refusal(one, role, () => undefined);
    expect(error).toMatchObject({ code: 'missing-tensor', details: { tensor: `${layer}.${role}` } });
  });

  test.each([
    ['awq', cases[0]!, 'scales'],
    ['gptq', cases[2]!, 'scales'],
    ['fp8', cases[6]!, 'weight_scale_inv'],
  ])('%s: a part of another shape', async (_, one, role) => {
    const error = await refusal(one, role, (part) => ({
      ...part,
      shape: [1],
      bytes: part.bytes.subarray(0, part.dtype === 'F16' ? 2 : 4),
    }));
    expect(error).toMatchObject({ code: 'tensor-shape', details: { tensor: `${layer}.${role}` } });
  });

  test('a group index beyond the groups', async () => {
    const one = cases[3]!;
    const checkpoint = await open(one, (tensors) =>
      tensors.map((tensor) =>
        tensor.name.endsWith('g_idx') ? { ...tensor, bytes: tensor.bytes.slice().fill(9) } : tensor,
      ),
    );
    expect(await caught(checkpoint.read(`${layer}.weight`))).toMatchObject({
      code: 'tensor-shape',
      details: { tensor: `${layer}.g_idx` },
    });
  });

  test.each([
    [{ quant_method: 'bitsandbytes' }, 'quant_method'],
    [{ quant_method: 'awq', version: 'gemv' }, 'version'],
    [{ quant_method: 'awq', bits: 3 }, 'bits'],
    [{ quant_method: 'gptq', bits: 3 }, 'bits'],
    [{ quant_method: 'gptq', checkpoint_format: 'marlin' }, 'checkpoint_format'],
  ])('%j', async (config, option) => {
    const opening = openSafetensors({
      config: { ...tinyConfig, quantization_config: config },
      sources: [bytesSource(writeSafetensors(tinyTensors()), 'model.safetensors')],
    });
    expect(await caught(opening)).toMatchObject({ code: 'unsupported-option', details: { option } });
  });
});

test('layers without the parts stay as they are', async () => {
  const checkpoint = await openSafetensors({
    config: { ...tinyConfig, quantization_config: { quant_method: 'awq' } },
    sources: [bytesSource(writeSafetensors(tinyTensors()), 'model.safetensors')],
  });
  expect(await checkpoint.read('lm_head.weight')).toEqual(tinyValues.get('lm_head.weight'));
});

test.each(Object.keys(float8))('%s: all 256 values equal PyTorch', (name) => {
  const values = new Float32Array(256);
  safetensorsFormats.get(name)!.dequantize(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    values,
  );
  expect(values).toEqual(floatsOf(float8[name]!));
});
