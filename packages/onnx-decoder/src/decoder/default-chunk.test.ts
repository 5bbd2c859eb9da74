import { describe, expect, test } from 'vitest';
import { defaultChunk } from './default-chunk';

const tensor = (name: string, shape: (number | string)[]) =>
  ({ name, isTensor: true, type: 'float32', shape }) as const;

const session = (width: number, headSize: number) => ({
  inputMetadata: [tensor('past.0.key', ['groups', 3, 1, 1, 'past', headSize])],
  outputMetadata: [tensor('logits', ['rows', 100]), tensor('hidden.0', ['positions', width])],
});

describe('defaultChunk', () => {
  test.each([
    // SmolLM2-135M: nine heads.
    ['webgpu', 576, 64, 8192, 256],
    // 32 heads: as long as the scores of a layer stay below 128 MiB.
    ['webgpu', 2048, 64, 4096, 256],
    ['webgpu', 2048, 64, 8192, 128],
    ['webgpu', 2048, 64, 131_072, 64],
    ['webgpu in software', 576, 64, 8192, 128],
    ['cpu', 576, 64, 8192, 128],
    ['cpu', 2048, 64, 131_072, 64],
    ['wasm', 2048, 64, 131_072, 128],
  ] as const)('%s, %d wide, heads of %d, %d positions: %d', (device, width, headSize, context, expected) => {
    expect(defaultChunk(device, session(width, headSize), context)).toBe(expected);
  });

  test('a graph that does not tell its heads', () => {
    expect(defaultChunk('webgpu', { inputMetadata: [], outputMetadata: [] }, 512)).toBe(64);
  });
});
