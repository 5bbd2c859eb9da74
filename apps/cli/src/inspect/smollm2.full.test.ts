import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import {
  type GoldenArray,
  goldenFloats,
  goldenIdRows,
  goldenIds,
  goldenRows,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { attentionHead, logitLens, readLensHead } from '@nexttoken/inspector';
import { type LoadedModel, load } from '@nexttoken/load';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callRunner } from '../testing/call';

callRunner();
const path = sharedPath('data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf');

interface Golden {
  readonly name: string;
  readonly ids: GoldenArray;
  readonly vocab: number;
  readonly logit_lens: { readonly top5_ids: GoldenArray; readonly top5_logits: GoldenArray };
  readonly attention_last_row: { readonly shape: readonly [number, number, number] } & GoldenArray;
}

describe.skipIf(!hasShared)('SmolLM2, run here in float32', () => {
  let loaded: LoadedModel;
  const cases = (): Golden[] => readGolden<{ cases: Golden[] }>('smollm2/forward.json').cases;
  beforeAll(async () => {
    loaded = await load(path, { dtype: 'fp32', attention: true });
  }, 120_000);
  afterAll(() => loaded?.dispose());

  test('the lens: five best of every layer as transformers has them; the last layer is the output', async () => {
    const checkpoint = await openCheckpointPath(path);
    const head = await readLensHead(checkpoint);
    await checkpoint.close();
    for (const golden of cases()) {
      const ids = goldenIds(golden.ids);
      const { layers } = await logitLens(loaded.model, ids, head, loaded.tokenizer, { top: 8 });
      const expected = {
        ids: goldenIdRows(golden.logit_lens.top5_ids),
        logits: goldenRows(golden.logit_lens.top5_logits),
      };
      for (const { layer, cells } of layers) {
        const found = new Map(cells[0]!.top.map(({ id, logit }) => [id, logit]));
        for (const [rank, id] of expected.ids[layer]!.entries()) {
          expect(
            Math.abs((found.get(id) ?? Number.NaN) - expected.logits[layer]![rank]!),
            `${golden.name} ${layer}`,
          ).toBeLessThan(2e-3);
        }
      }
      const session = await loaded.model.createSession();
      const { logits } = await session.forward([ids]);
      const { top } = layers.at(-1)!.cells[0]!;
      for (const { id, logit } of top) expect(Math.abs(logit - logits[0]!.data[id]!)).toBeLessThan(2e-3);
      await session.dispose();
    }
  }, 240_000);

  test('attention: what the last position looks at', async () => {
    for (const golden of cases()) {
      const ids = goldenIds(golden.ids);
      const session = await loaded.model.createSession();
      const { attention } = await session.forward([ids], { logits: 'none', capture: { attention: true } });
      const [layers, heads, keys] = golden.attention_last_row.shape;
      const expected = goldenFloats(golden.attention_last_row);
      for (let plane = 0; plane < layers * heads; plane++) {
        const [layer, head] = [Math.floor(plane / heads), plane % heads];
        const view = attentionHead(attention![0]!, { layer, head, mass: 1, positions: [keys - 1], ids });
        const row = expected.subarray(plane * keys, (plane + 1) * keys);
        for (const { key, weight } of view.rows[0]!.entries)
          expect(Math.abs(weight - row[key]!)).toBeLessThan(1e-4);
      }
      await session.dispose();
    }
  }, 120_000);
});
