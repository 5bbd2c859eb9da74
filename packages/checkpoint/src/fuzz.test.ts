import { NextTokenError } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint } from './checkpoint/checkpoint';
import { openGguf } from './gguf/open-gguf';
import { openSafetensors } from './safetensors/open-safetensors';
import { bytesSource } from './source/bytes-source';
import { tinyConfig, tinyGguf, tinySafetensors } from './testing/tiny-llama';

/** Opens and reads everything; whatever fails must fail with the project's own error. */
async function survives(opening: () => Promise<Checkpoint>): Promise<'opened' | 'refused'> {
  try {
    const checkpoint = await opening();
    for (const { name, shape } of checkpoint.tensors.values()) {
      const values = await checkpoint.read(name).catch(ownError);
      if (values) expect(values).toHaveLength(shape.reduce((product, size) => product * size, 1));
    }
    return 'opened';
  } catch (error) {
    ownError(error);
    return 'refused';
  }
}

function ownError(error: unknown): undefined {
  if (!NextTokenError.isInstance(error)) throw error;
  JSON.stringify(error);
  return undefined;
}

const openers: [format: string, file: Uint8Array, open: (bytes: Uint8Array) => Promise<Checkpoint>][] = [
  [
    'safetensors',
    tinySafetensors(),
    (bytes) => openSafetensors({ config: tinyConfig, sources: [bytesSource(bytes, 'model.safetensors')] }),
  ],
  ['GGUF version 1', tinyGguf({ version: 1 }), (bytes) => openGguf(bytesSource(bytes, 'tiny.gguf'))],
  ['GGUF version 3', tinyGguf(), (bytes) => openGguf(bytesSource(bytes, 'tiny.gguf'))],
];

describe.each(openers)('%s', (_, file, open) => {
  const headerEnd = file.length - 2300;

  test('flipped bytes, mostly in the header', async () => {
    const place = fc.oneof(
      { weight: 9, arbitrary: fc.nat(headerEnd) },
      { weight: 1, arbitrary: fc.nat(file.length - 1) },
    );
    const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 }));
    const results = { opened: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const broken = file.slice();
        for (const [at, mask] of flips) broken[at]! ^= mask;
        results[await survives(() => open(broken))]++;
      }),
      { numRuns: 1500 },
    );
    expect(results.refused).toBeGreaterThan(100);
    expect(results.opened).toBeGreaterThan(10);
  });

  test('every truncation of the header and some of the data are refused', async () => {
    const step = (length: number) => (length < headerEnd ? 1 : 97);
    for (let length = 0; length < file.length; length += step(length)) {
      expect(await survives(() => open(file.slice(0, length))), String(length)).toBe('refused');
    }
  });

  test('arbitrary bytes, behind the honest beginning or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.uint8Array({ maxLength: 200 }), async (kept, rest) => {
        const bytes = new Uint8Array(kept + rest.length);
        bytes.set(file.subarray(0, kept));
        bytes.set(rest, kept);
        expect(await survives(() => open(bytes))).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });
});

test('arbitrary configs', async () => {
  const value = fc.oneof(
    fc.anything({ withBigInt: true }),
    fc.integer(),
    fc.constantFrom(null, 0, -1, 1e300, Number.NaN, 'silu', true),
  );
  const changes = fc.dictionary(
    fc.constantFrom(
      ...Object.keys(tinyConfig).filter((key) => key !== 'model_type'),
      'head_dim',
      'rope_scaling',
    ),
    value,
    { minKeys: 1 },
  );
  const file = tinySafetensors();
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      const config = { ...tinyConfig, ...change };
      await survives(() => openSafetensors({ config, sources: [bytesSource(file, 'model.safetensors')] }));
    }),
    { numRuns: 1000 },
  );
});
