import { describe, expect, test } from 'vitest';
import { bufferLimit, checkBufferSizes, checkWasmMemory } from './check-size';

const size = (megabytes: number, largest = megabytes) => ({
  weightBytes: megabytes * 2 ** 20,
  largest: { name: 'model.embed_tokens.weight', byteLength: largest * 2 ** 20 },
});

describe('checkWasmMemory', () => {
  test('three times the weights have to fit into 4 GiB', () => {
    expect(() => checkWasmMemory('wasm', size(1365))).not.toThrow();
    expect(() => checkWasmMemory('wasm', size(1366))).toThrow('device webgpu');
    expect(() => checkWasmMemory('webgpu', size(1366))).not.toThrow();
    expect(() => checkWasmMemory('webgpu', size(4097))).toThrow('4097 MiB');
  });
});

describe('checkBufferSizes', () => {
  const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 27 };

  test('the largest tensor has to fit into one binding', () => {
    expect(() => checkBufferSizes(limits, size(4000, 128))).not.toThrow();
    expect(() => checkBufferSizes(limits, size(4000, 129))).toThrow(
      /model\.embed_tokens\.weight has 129 MiB.*maxStorageBufferBindingSize is 128 MiB/,
    );
  });

  test('the smaller limit counts', () => {
    expect(bufferLimit(limits)).toBe(2 ** 27);
    expect(bufferLimit({ maxBufferSize: 5 })).toBe(5);
  });

  test('the error says what would help', () => {
    try {
      checkBufferSizes(limits, size(4000, 2000));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'memory-limit',
        details: { device: 'webgpu', limit: 2 ** 30, help: expect.stringContaining('fewer bits') },
      });
    }
  });
});
