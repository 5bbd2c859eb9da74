import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { openGguf } from '../gguf/open-gguf';
import { bytesSource } from '../source/bytes-source';
import { joinBytes } from '../source/join-bytes';
import { caught } from '../testing/caught';
import { tinyConfig, tinyGguf, tinyValues } from '../testing/tiny-llama';
import { openSafetensors } from './open-safetensors';
import { type WriteSafetensorsOptions, writeSafetensors } from './write-safetensors';

const tiny = (): Promise<Checkpoint> => openGguf(bytesSource(tinyGguf(), 'tiny.gguf'));

/** Writes into memory; checks on the way that the chunks follow one another. */
async function write(checkpoint: Checkpoint, options: WriteSafetensorsOptions = {}) {
  const chunks = new Map<string, Uint8Array[]>();
  const result = await writeSafetensors(
    checkpoint,
    async (file, chunk, offset) => {
      const before = chunks.get(file) ?? [];
      expect(offset).toBe(before.reduce((sum, { length }) => sum + length, 0));
      chunks.set(file, [...before, chunk.slice()]);
    },
    options,
  );
  const files = new Map([...chunks].map(([name, parts]) => [name, joinBytes(parts)]));
  return { ...result, content: files };
}

function open({ content, index }: Awaited<ReturnType<typeof write>>): Promise<Checkpoint> {
  const sources = [...content].map(([name, bytes]) => bytesSource(bytes, name));
  return openSafetensors({ config: tinyConfig, sources, ...(index && { index }) });
}

describe.each(['F32', 'F16', 'BF16'] as const)('%s', (dtype) => {
  test('read back, every tensor is the same (the numbers are exact in every dtype but BF16)', async () => {
    const result = await write(await tiny(), { dtype });
    expect(result.files).toEqual([
      { name: 'model.safetensors', byteLength: result.content.get('model.safetensors')!.length },
    ]);
    const back = await open(result);
    expect([...back.tensors.keys()]).toEqual([...tinyValues.keys()]);
    for (const [name, values] of tinyValues) {
      expect(back.tensors.get(name)!.dtype).toBe(dtype);
      const read = await back.read(name);
      if (dtype !== 'BF16') expect(read, name).toEqual(values);
      for (const [i, value] of values.entries())
        expect(Math.abs(read[i]! - value)).toBeLessThanOrEqual(value / 256);
    }
  });
});

test('above the size several files and an index', async () => {
  const result = await write(await tiny(), { dtype: 'F32', maxShardBytes: 600 });
  expect(result.files.map(({ name }) => name)).toEqual(
    [1, 2, 3, 4, 5, 6].map((number) => `model-0000${number}-of-00006.safetensors`),
  );
  for (const { name, byteLength } of result.files) expect(result.content.get(name)!.length).toBe(byteLength);
  expect(result.index!.metadata.total_size).toBe(
    [...tinyValues.values()].reduce((sum, v) => sum + 4 * v.length, 0),
  );
  const back = await open(result);
  for (const [name, values] of tinyValues) expect(await back.read(name)).toEqual(values);
  const alone = await write(await tiny(), { dtype: 'F32', maxShardBytes: 1 });
  expect(alone.files).toHaveLength(tinyValues.size);
});

test('progress ends at the whole, and an abort stops between two tensors', async () => {
  const seen: number[] = [];
  let total = 0;
  await write(await tiny(), {
    onProgress: (progress) => {
      seen.push(progress.done);
      total = progress.total;
    },
  });
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(total);
  expect(seen).toHaveLength(1 + tinyValues.size);
  const controller = new AbortController();
  let calls = 0;
  const writing = writeSafetensors(
    await tiny(),
    async () => {
      calls++;
      controller.abort();
    },
    { signal: controller.signal },
  );
  await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
  expect(calls).toBe(1);
});

test('refusals', async () => {
  const checkpoint = await tiny();
  const refused = (options: object) => caught(write(checkpoint, options));
  expect(await refused({ dtype: 'F8' })).toMatchObject({ code: 'invalid-parameter' });
  expect(await refused({ maxShardBytes: 0 })).toMatchObject({ code: 'invalid-parameter' });
  expect(await refused({ size: 1 })).toMatchObject({ code: 'unsupported-option' });
  const large = { ...checkpoint, read: async () => Float32Array.of(1, 65520) } as Checkpoint;
  expect(await caught(write(large))).toMatchObject({
    code: 'unsupported-option',
    details: { tensor: 'model.embed_tokens.weight', number: 65520 },
  });
});
