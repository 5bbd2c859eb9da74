import type { Checkpoint } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { argmaxOf, expectGolden, type ForwardGolden } from '../testing/forward-golden';
import { type DecoderAnswer, type RunningDecoder, runDecoder } from '../testing/run-decoder';

interface ModelGolden {
  readonly hidden_projection_matrix: GoldenArray;
  readonly cases: readonly (ForwardGolden & { readonly greedy_12_ids: readonly number[] })[];
}

type StoriesGolden = ForwardGolden & { readonly hidden_projection_matrix: GoldenArray };

const layouts = ['caller-cache', 'standard', 'standard-fused'] as const;
const taps = ['blocks.*.attn.hook_pattern'];

describe.skipIf(!hasShared)('forward goldens', () => {
  describe.each(['llama', 'mistral', 'qwen2', 'qwen3', 'gpt2'])('tiny-random-%s', (family) => {
    const folder = `models/tiny-random-${family}`;

    test.each(layouts)('%s', async (layout) => {
      await using(sharedPath(`goldens/${folder}`), async (checkpoint) => {
        const fused = layout === 'standard-fused';
        if (fused && checkpoint.architecture.headSize % 8 !== 0) {
          const refused = { code: 'unsupported-option', details: { option: 'layout' } };
          await expect(runDecoder(checkpoint, { layout })).rejects.toMatchObject(refused);
          return;
        }
        const golden = readGolden<ModelGolden>(`${folder}/expected.json`);
        const matrix = goldenFloats(golden.hidden_projection_matrix);
        const decoder = await runDecoder(checkpoint, { layout, ...(fused ? {} : { taps }) });
        for (const each of golden.cases) {
          decoder.reset();
          const whole = await decoder.forward(goldenIds(each.ids));
          expectGolden(whole, each, { matrix });
          expectPatterns(whole, fused ? 0 : checkpoint.architecture.layerCount);
          const last = whole.logits.subarray(-checkpoint.architecture.vocabSize);
          expect(await greedy(decoder, last, 12)).toEqual(each.greedy_12_ids);
        }
        await decoder.release();
      });
    });
  });

  describe.each(['', '/stories260k-f32.gguf'])('stories260k%s', (file) => {
    test.each(layouts)('%s', async (layout) => {
      await using(sharedPath(`data/models/stories260k${file}`), async (checkpoint) => {
        const fused = layout === 'standard-fused';
        const decoder = await runDecoder(checkpoint, { layout, ...(fused ? {} : { taps }) });
        for (const name of ['short', 'dialogue', 'bytes', 'long']) {
          const golden = readGolden<StoriesGolden>(`forward/${name}.json`);
          decoder.reset();
          const whole = await decoder.forward(goldenIds(golden.ids));
          expectGolden(whole, golden, { matrix: goldenFloats(golden.hidden_projection_matrix) });
          expectPatterns(whole, fused ? 0 : checkpoint.architecture.layerCount);
        }
        await decoder.release();
      });
    });
  });
});

async function using(path: string, use: (checkpoint: Checkpoint) => Promise<void>): Promise<void> {
  const checkpoint = await openCheckpointPath(path);
  await use(checkpoint).finally(() => checkpoint.close());
}

const expectPatterns = ({ outputs }: DecoderAnswer, layers: number) =>
  expect(Object.keys(outputs).filter((name) => name.endsWith('hook_pattern'))).toHaveLength(layers);

/** Continues token by token, through the cache. */
async function greedy(decoder: RunningDecoder, last: Float32Array, count: number): Promise<number[]> {
  const ids = [argmaxOf(last)];
  while (ids.length < count) ids.push(argmaxOf((await decoder.forward([ids.at(-1)!])).logits));
  return ids;
}
