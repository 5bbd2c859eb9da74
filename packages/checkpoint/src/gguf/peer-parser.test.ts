import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GGMLQuantizationType, gguf } from '@huggingface/gguf';
import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { fileSource } from '../node/file-source';
import { bytesSource } from '../source/bytes-source';
import { tinyGguf, tinyGgufFile, tinyMetadata } from '../testing/tiny-llama';
import type { GgufFile } from '../testing/write-gguf';
import { readGgufHeader } from './read-gguf-header';

/** 64-bit integers as numbers, where that is exact. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
};

/** What the peer reads from a file, in our form. */
async function peer(path: string) {
  const { metadata, tensorInfos, tensorDataOffset } = await gguf(path, { allowLocalFile: true });
  const { version: _, tensor_count: __, kv_count: ___, ...entries } = metadata as Record<string, unknown>;
  return {
    metadata: Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, plain(value)])),
    dataOffset: Number(tensorDataOffset),
    tensors: tensorInfos.map(({ name, shape, dtype, offset }) => ({
      name,
      shape: shape.map(Number).reverse(),
      type: GGMLQuantizationType[dtype],
      offset: Number(offset),
    })),
  };
}

async function ours(source: Parameters<typeof readGgufHeader>[0]) {
  const { metadata, tensors, dataOffset } = await readGgufHeader(source);
  const entries = tensors.map(({ name, shape, type, offset }) => ({ name, shape, type: type.name, offset }));
  return { metadata, dataOffset, tensors: entries };
}

const everyType: GgufFile = {
  ...tinyGgufFile(),
  metadata: {
    ...tinyMetadata,
    // Without the byte order mark among the tiny model's tokens: the peer drops it.
    'tokenizer.ggml.tokens': ['string[]', ['a', 'b', 'ü', '', '𝄞']],
    'x.uint8': ['uint8', 200],
    'x.int8': ['int8', -100],
    'x.uint16': ['uint16', 60000],
    'x.int16': ['int16', -30000],
    'x.int32': ['int32', -5],
    'x.float64': ['float64', 0.1],
    'x.bool': ['bool', true],
    'x.large': ['uint64', 2n ** 64n - 1n],
    'x.int64': ['int64', -7n],
    'x.floats': ['float32[]', [0.5, -1]],
    'x.bools': ['bool[]', [true, false]],
    'x.long': ['int64[]', [1, -1]],
    'x.empty': ['string[]', []],
  },
};

test.each<[name: string, file: GgufFile]>([
  ['version 2', { ...everyType, version: 2 }],
  ['version 3', everyType],
  [
    'another alignment',
    { ...everyType, alignment: 64, metadata: { ...everyType.metadata, 'general.alignment': ['uint32', 64] } },
  ],
])('%s: reads what @huggingface/gguf reads', async (_, file) => {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-gguf-'));
  try {
    const bytes = tinyGguf(file);
    const path = join(folder, 'tiny.gguf');
    await writeFile(path, bytes);
    expect(await ours(bytesSource(bytes, 'tiny.gguf'))).toEqual(await peer(path));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describeShared('real files', () => {
  test.each([
    'data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf',
    'data/models/stories260k/stories260k-f32.gguf',
  ])('%s', async (file) => {
    const path = sharedPath(file);
    const source = await fileSource(path);
    const header = await ours(source);
    await source.close();
    expect(header).toEqual(await peer(path));
    expect(header.tensors.length).toBeGreaterThan(40);
  });
});
