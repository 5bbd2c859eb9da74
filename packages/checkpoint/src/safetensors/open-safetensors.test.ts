import { describe, expect, test } from 'vitest';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyConfig, tinySafetensors, tinyTensors, tinyValues } from '../testing/tiny-llama';
import { type PlainTensor, safetensorsHeader, writeSafetensors } from '../testing/write-safetensors';
import { openSafetensors } from './open-safetensors';

const open = (bytes: Uint8Array, config: unknown = tinyConfig) =>
  openSafetensors({ config, sources: [bytesSource(bytes, 'folder/model.safetensors')] });

const refused = (bytes: Uint8Array) => caught(open(bytes));

/** The header of the test model with one entry changed. */
function withEntry(name: string, change: Record<string, unknown>): Uint8Array {
  const header = safetensorsHeader(tinyTensors());
  header[name] = { ...(header[name] as object), ...change };
  return writeSafetensors(tinyTensors(), header);
}

describe('a single file', () => {
  test('lists and reads every tensor', async () => {
    const checkpoint = await open(tinySafetensors());
    expect(checkpoint.format).toBe('safetensors');
    expect(checkpoint.metadata).toEqual(tinyConfig);
    expect([...checkpoint.tensors.keys()]).toEqual([...tinyValues.keys()]);
    for (const [name, values] of tinyValues) expect(await checkpoint.read(name)).toEqual(values);
    expect(checkpoint.tensors.get('model.norm.weight')).toEqual({
      name: 'model.norm.weight',
      shape: [8],
      dtype: 'F32',
      readable: true,
      byteLength: 32,
      source: 'model.safetensors',
    });
  });

  test('reads F16, BF16 and F64', async () => {
    const values = [1, -2, 0.5, 3, -0.25, 8, 0, 96];
    const stored: Record<string, Uint8Array> = {
      F16: new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x4200, 0xb400, 0x4800, 0, 0x5600).buffer),
      BF16: new Uint8Array(
        Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (b) => b >>> 16).buffer,
      ),
      F64: new Uint8Array(Float64Array.from(values).buffer),
    };
    for (const [dtype, bytes] of Object.entries(stored)) {
      const tensors = tinyTensors().map((tensor) =>
        tensor.name === 'model.norm.weight' ? { ...tensor, dtype, bytes } : tensor,
      );
      const checkpoint = await open(writeSafetensors(tensors));
      expect([...(await checkpoint.read('model.norm.weight'))], dtype).toEqual(values);
    }
  });

  test('lists integers and unknown dtypes; reading them is refused, their bytes are there', async () => {
    for (const dtype of ['I8', 'F9_NEW']) {
      const tensors = tinyTensors().map((tensor) =>
        tensor.name === 'model.norm.weight'
          ? { ...tensor, dtype, bytes: tensor.bytes.subarray(0, 8) }
          : tensor,
      );
      const checkpoint = await open(writeSafetensors(tensors));
      expect(checkpoint.tensors.get('model.norm.weight')).toMatchObject({ dtype, readable: false });
      const error = await caught(checkpoint.read('model.norm.weight'));
      expect(error.code).toBe('unsupported-dtype');
      expect(error.details).toEqual({ path: 'model.safetensors', tensor: 'model.norm.weight', dtype });
      expect(await checkpoint.readBytes('model.norm.weight')).toHaveLength(8);
    }
  });

  test('an unknown name, a signal, a closed checkpoint', async () => {
    const checkpoint = await open(tinySafetensors());
    expect(await caught(checkpoint.read('toString'))).toMatchObject({
      code: 'missing-tensor',
      details: { tensor: 'toString' },
    });
    const signal = AbortSignal.abort();
    await expect(checkpoint.read('model.norm.weight', { signal })).rejects.toThrow('abort');
    await checkpoint.close();
    await checkpoint.close();
    expect((await caught(checkpoint.read('model.norm.weight'))).code).toBe('disposed');
    expect((await caught(checkpoint.fingerprint())).code).toBe('disposed');
  });

  test('the fingerprint covers config and weights', async () => {
    const bytes = tinySafetensors();
    const before = await (await open(bytes)).fingerprint();
    expect(await (await open(bytes)).fingerprint()).toBe(before);
    const otherTheta = await open(bytes, { ...tinyConfig, rope_theta: 500 });
    expect(await otherTheta.fingerprint()).not.toBe(before);
    bytes[bytes.length - 1]! ^= 1;
    expect(await (await open(bytes)).fingerprint()).not.toBe(before);
  });
});

describe('broken files', () => {
  test('truncated: names path, tensor and missing bytes', async () => {
    const whole = tinySafetensors();
    const error = await refused(whole.subarray(0, whole.length - 200));
    expect(error.code).toBe('invalid-file');
    expect(error.message).toContain('200 bytes are missing');
    expect(error.details).toMatchObject({
      path: 'folder/model.safetensors',
      tensor: 'model.norm.weight',
      missing: 200,
    });
    for (const length of [0, 1, 8, 9, 100]) {
      expect((await refused(whole.subarray(0, length))).code, String(length)).toBe('invalid-file');
    }
  });

  const norm = 'model.norm.weight';
  test.each([
    ['another format', new TextEncoder().encode('GGUF\u0003\0\0\0 and so on'), /GGUF/],
    ['an LFS pointer', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'), /LFS/],
    ['no JSON', writeSafetensors([], '{"a": '), /no JSON/],
    ['a list', writeSafetensors([], '[]'), /no safetensors file/],
    ['a negative offset', withEntry(norm, { data_offsets: [-4, 28] }), /no range/],
    ['a fractional offset', withEntry(norm, { data_offsets: [0.5, 32.5] }), /no range/],
    ['offsets as text', withEntry(norm, { data_offsets: ['0', '32'] }), /no range/],
    ['offsets backwards', withEntry(norm, { data_offsets: [32, 0] }), /no range/],
    ['no offsets', withEntry(norm, { data_offsets: null }), /no pair/],
    ['an overlap', withEntry(norm, { data_offsets: [0, 32] }), /overlaps/],
    ['a shape that is too large', withEntry(norm, { shape: [9] }), /takes 36/],
    ['a shape beyond every number', withEntry(norm, { shape: [2 ** 40, 2 ** 40] }), /sizes/],
    ['a negative shape', withEntry(norm, { shape: [-8] }), /sizes/],
    ['no shape', withEntry(norm, { shape: 8 }), /no shape/],
    ['no dtype', withEntry(norm, { dtype: 3 }), /no dtype/],
    ['an entry that is none', writeSafetensors([], { a: null }), /no dtype/],
  ])('%s', async (_, bytes, message) => {
    const error = await refused(bytes);
    expect(error.code).toBe('invalid-file');
    expect(error.message).toMatch(message);
    expect(error.details.path).toBe('folder/model.safetensors');
  });

  test('a gap, and bytes behind the last tensor', async () => {
    const filler: PlainTensor = { name: 'filler', shape: [4], dtype: 'U8', bytes: new Uint8Array(4) };
    const middle = [...tinyTensors().slice(0, 3), filler, ...tinyTensors().slice(3)];
    const { filler: _, ...header } = safetensorsHeader(middle);
    expect((await refused(writeSafetensors(middle, header))).message).toMatch(/gap/);
    const last = [...tinyTensors(), filler];
    const error = await refused(writeSafetensors(last, safetensorsHeader(tinyTensors())));
    expect(error.details).toMatchObject({ surplus: 4 });
  });

  test('a header length beyond the limit reads nothing more', async () => {
    const bytes = tinySafetensors();
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    const error = await refused(bytes);
    expect(error).toMatchObject({ code: 'invalid-file', details: { limit: 100_000_000 } });
  });
});
