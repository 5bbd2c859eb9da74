import { NextTokenError } from '@nexttoken/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checkpoint } from './checkpoint/checkpoint';
import { openGguf } from './gguf/open-gguf';
import { openSafetensors } from './safetensors/open-safetensors';
import type { ByteSource } from './source/byte-source';
import { bytesSource } from './source/bytes-source';
import { largestAllocation } from './testing/count-allocations';
import { mutations } from './testing/mutations';
import { tinyConfig, tinyGguf, tinyMetadata, tinySafetensors, tinyTensors } from './testing/tiny-llama';
import { writeSafetensors } from './testing/write-safetensors';

type Open = (source: ByteSource) => Promise<Checkpoint>;

const safetensors: Open = (source) => openSafetensors({ config: tinyConfig, sources: [source] });
const formats: readonly (readonly [name: string, file: Uint8Array, open: Open])[] = [
  ['safetensors', tinySafetensors(), safetensors],
  ['GGUF version 1', tinyGguf({ version: 1 }), openGguf],
  ['GGUF version 3', tinyGguf(), openGguf],
];
/** The tiny model's data; everything before it is header. */
const dataBytes = 2300;

async function outcome(file: Uint8Array, open: Open): Promise<string> {
  let result = 'opened';
  const largest = await largestAllocation(() =>
    open(bytesSource(file, 'file')).catch((error: unknown) => {
      if (!NextTokenError.isInstance(error)) throw error;
      JSON.stringify(error);
      result = error.code;
    }),
  );
  expect(largest).toBeLessThanOrEqual(2 * Math.max(file.length, 64));
  return result;
}

test.each(formats)(
  '%s: 1,000 broken files, each a typed error or sound, none takes twice its size',
  async (...format) => {
    const [, file, open] = format;
    const results: Record<string, number> = {};
    const run = async (mutate: (bytes: Uint8Array) => Uint8Array) => {
      const result = await outcome(mutate(file), open);
      results[result] = (results[result] ?? 0) + 1;
    };
    await fc.assert(fc.asyncProperty(mutations(file, file.length - dataBytes), run), {
      numRuns: 1000,
      seed: 7,
    });
    console.log(`${format[0]}: ${JSON.stringify(results)}`);
    expect(results['invalid-file']).toBeGreaterThan(250);
    expect(results.opened ?? 0).toBeLessThan(750);
  },
);

test.each([
  ['uint8[]', 20_000, 'opened'],
  ['int8[]', 20_000, 'opened'],
  ['uint16[]', 20_000, 'opened'],
  ['int32[]', 20_000, 'opened'],
  ['uint64[]', 20_000, 'opened'],
  ['bool[]', 2 ** 16 + 1, 'invalid-file'],
])('a %s of %i items takes no more than twice its bytes in the file: %s', async (type, length, expected) => {
  const values: readonly [string, unknown] = [type, new Array(length).fill(1)];
  expect(await outcome(tinyGguf({ metadata: { ...tinyMetadata, 'x.list': values } }), openGguf)).toBe(
    expected,
  );
});

test('nesting deeper than any stack', async () => {
  const text = (nested: string) => writeSafetensors(tinyTensors(), `{"__metadata__":${nested}}`);
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const depth = 300_000;
    const nested = `${open.repeat(depth)}0${close.repeat(depth)}`;
    expect(await outcome(text(nested), safetensors)).toBe('invalid-file');
    expect(await outcome(text(open.repeat(depth)), safetensors)).toBe('invalid-file');
  }
});

test('the watch over allocations sees one', async () => {
  const seen = await largestAllocation(async () => [
    new Uint8Array(5),
    new Float32Array(3),
    new Array(4),
    new Uint8Array(new ArrayBuffer(2)),
  ]);
  expect(seen).toBe(32);
});
