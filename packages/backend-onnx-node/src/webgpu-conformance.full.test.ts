import { testBackend } from '@nexttoken/backend-testkit';
import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onnxNodeLiveHandles } from './index';
import { kitProcess } from './testing/kit-process';
import { type ExportedModel, exportShared } from './testing/open-shared-model';
import { useSoftwareVulkan } from './testing/software-vulkan';

const missing = useSoftwareVulkan();
if (missing) console.info(`skipped: webgpu in Node: ${missing}`);

describe.skipIf(!hasShared || missing !== undefined)('webgpu in Node conforms', () => {
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared(
      'goldens/models/tiny-random-llama',
      { taps: ['blocks.*.attn.hook_pattern'], tail: { top: 8, statistics: true } },
      1,
    );
  });
  afterAll(() => exported?.remove());

  testBackend({
    name: 'one random layer, in a worker',
    runner: { describe, test, beforeAll, afterAll },
    tolerance: { absolute: 1e-3 },
    liveHandles: () => ({ ...onnxNodeLiveHandles() }),
    childProcess: kitProcess(() => exported, { device: 'webgpu' }),
    createModel: () => exported.open({ device: 'webgpu' }),
  });

  test('logits of stories260k at every position are the reference ones', async () => {
    const golden = readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json');
    const expected = goldenFloats(golden.logits);
    const stories = await exportShared('data/models/stories260k');
    const model = await stories.open({ device: 'webgpu' });
    const session = await model.createSession();
    const { logits } = await session.forward([golden.ids], { logits: 'all' });
    const error = logits[0]!.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
      0,
    );
    console.info(`largest difference to the reference: ${error}`);
    expect(error).toBeLessThan(2e-3);
    await model.dispose();
    await stories.remove();
  });

  test('two models in two threads compute at the same time', async () => {
    const models = await Promise.all([1, 2].map(() => exported.open({ device: 'webgpu' })));
    const one = await exported.open();
    const texts = [
      [5, 6, 7],
      [9, 8, 7],
    ];
    const expected = await Promise.all(texts.map((text) => steps(one, text)));
    const found = await Promise.all(models.map((model, index) => steps(model, texts[index]!)));
    found.forEach((rows, model) => {
      rows.forEach((row, step) => {
        const wanted = expected[model]![step]!;
        expect(row.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0)).toBeLessThan(
          1e-3,
        );
      });
    });
    await Promise.all([...models, one].map((model) => model.dispose()));
  });
});

/** Logits of a text, fed id by id. */
async function steps(model: LanguageModel, text: readonly number[]): Promise<Float32Array[]> {
  const session = await model.createSession();
  const rows: Float32Array[] = [];
  for (const id of text) {
    const { logits } = await session.forward([[id]]);
    rows.push(logits[0]!.data.slice());
  }
  await session.dispose();
  return rows;
}
