import { expect, test } from 'vitest';
import { wasmMemoryLimit, weightsInMemory } from './weights-in-memory';

function exported(byteLength: number) {
  let written = 0;
  return {
    weights: {
      location: 'weights.bin',
      byteLength,
      async write(sink: (chunk: Uint8Array, offset: number) => Promise<void>) {
        written++;
        await sink(Uint8Array.of(1, 2), 0);
        await sink(Uint8Array.of(3), 4);
      },
    },
    written: () => written,
  };
}

test('one buffer, gaps zero', async () => {
  expect([...(await weightsInMemory(exported(5)))]).toEqual([1, 2, 0, 0, 3]);
});

test('what WebAssembly cannot reach is refused by a typed error that names the limit, before anything is read', async () => {
  const large = exported(wasmMemoryLimit);
  await expect(weightsInMemory(large)).rejects.toMatchObject({
    code: 'memory-limit',
    message: expect.stringContaining('4294967296'),
    details: { needed: 2 ** 32, limit: 2 ** 32, runtime: 'wasm' },
  });
  expect(large.written()).toBe(0);
  await expect(weightsInMemory(exported(5), { limitBytes: 5 })).rejects.toMatchObject({
    code: 'memory-limit',
  });
});

test('unknown options are refused', async () => {
  const options = { limit: 5 } as object;
  await expect(weightsInMemory(exported(5), options)).rejects.toMatchObject({ code: 'unsupported-option' });
});
