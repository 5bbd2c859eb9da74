import { type GoldenArray, goldenFloats, goldenIds, hasShared, readGolden } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportedModel, exportShared, openStories260kOnnx } from '../testing/open-shared-model';

interface ForwardGolden {
  readonly ids: GoldenArray;
  readonly logits?: GoldenArray;
  readonly top20_ids?: GoldenArray;
  readonly top20_logits?: GoldenArray;
  readonly argmax: GoldenArray;
}

const tolerance = 2e-4;
const names = ['short', 'bytes', 'dialogue', 'long'];

/** Largest difference to the golden's logits over all positions, and whether every argmax is the same. */
async function compare(
  model: LanguageModel,
  golden: ForwardGolden,
): Promise<{ error: number; argmax: boolean }> {
  const ids = goldenIds(golden.ids);
  const session = await model.createSession();
  const { logits } = await session.forward([ids], { logits: 'all' });
  const { data, vocabSize } = logits[0]!;
  const argmax = goldenIds(golden.argmax);
  let error = 0;
  let same = true;
  const wholeRows = golden.logits ? goldenFloats(golden.logits) : undefined;
  const topIds = golden.top20_ids ? goldenIds(golden.top20_ids) : [];
  const topLogits = golden.top20_logits ? goldenFloats(golden.top20_logits) : new Float32Array();
  for (let position = 0; position < ids.length; position++) {
    const row = data.subarray(position * vocabSize, (position + 1) * vocabSize);
    same &&= row.indexOf(row.reduce((a, b) => Math.max(a, b))) === argmax[position];
    for (let i = 0; i < vocabSize && wholeRows; i++)
      error = Math.max(error, Math.abs(row[i]! - wholeRows[position * vocabSize + i]!));
    for (let i = 0; i < 20 && !wholeRows; i++)
      error = Math.max(error, Math.abs(row[topIds[position * 20 + i]!]! - topLogits[position * 20 + i]!));
  }
  await session.dispose();
  return { error, argmax: same };
}

describe.skipIf(!hasShared)('logits of stories260k at every position', () => {
  let exported: ExportedModel[] = [];
  let models: [string, LanguageModel][] = [];
  beforeAll(async () => {
    const paths = ['data/models/stories260k', 'data/models/stories260k/stories260k-f32.gguf'];
    exported = await Promise.all(paths.map((path) => exportShared(path)));
    models = [
      ['safetensors', await exported[0]!.open()],
      ['GGUF', await exported[1]!.open()],
      ['the ecosystem’s ONNX export', await openStories260kOnnx('model')],
    ];
  });
  afterAll(async () => {
    await Promise.all(models.map(([, model]) => model.dispose()));
    await Promise.all(exported.map((entry) => entry.remove()));
  });

  test.each(names)('%s', async (name) => {
    const golden = readGolden<ForwardGolden>(`forward/${name}.json`);
    for (const [kind, model] of models) {
      const { error, argmax } = await compare(model, golden);
      expect(argmax, `${kind}: argmax`).toBe(true);
      expect(error, kind).toBeLessThan(tolerance);
    }
  });
});
