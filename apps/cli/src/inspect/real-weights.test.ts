import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { attentionHead, logitLens, readLensHead } from '@nexttoken/inspector';
import { load } from '@nexttoken/load';
import { describe, expect, test, vi } from 'vitest';
import { callRunner } from '../testing/call';

const call = callRunner();

interface Golden {
  readonly ids: GoldenArray;
  readonly logits: GoldenArray;
  readonly vocab: number;
  readonly attention_last_row: { readonly shape: readonly [number, number, number] } & GoldenArray;
}

describe.skipIf(!hasShared)('stories260k', () => {
  test.each(['short', 'dialogue'])(
    '%s: the last layer of the lens is the output, at every position',
    async (name) => {
      vi.stubEnv('NEXTTOKEN_CACHE', call.folder());
      const golden = readGolden<Golden>(`forward/${name}.json`);
      const ids = goldenIds(golden.ids);
      const logits = goldenFloats(golden.logits);
      const path = sharedPath('data/models/stories260k');
      const checkpoint = await openCheckpointPath(path);
      const head = await readLensHead(checkpoint);
      await checkpoint.close();
      const loaded = await load(path);
      const grid = await logitLens(loaded.model, ids, head, loaded.tokenizer, {
        positions: 'all',
        top: 3,
        layers: [0],
      });
      const session = await loaded.model.createSession();
      const { logits: rows } = await session.forward([ids], { logits: 'all' });
      const own = rows[0]!.data;
      let worst = 0;
      for (const { position, top } of grid.layers.at(-1)!.cells) {
        for (const { id, logit } of top) {
          worst = Math.max(worst, Math.abs(logit - own[position * golden.vocab + id]!));
          expect(Math.abs(logit - logits[position * golden.vocab + id]!)).toBeLessThan(2e-4);
        }
      }
      expect(worst).toBeLessThan(2e-4);
      await session.dispose();
      await loaded.dispose();
    },
  );

  test('attention: what the last position of the golden looks at', async () => {
    const golden = readGolden<Golden>('forward/short.json');
    const loaded = await load(sharedPath('data/models/stories260k'), { attention: true });
    const session = await loaded.model.createSession();
    const ids = goldenIds(golden.ids);
    const { attention } = await session.forward([ids], { logits: 'none', capture: { attention: true } });
    const [layers, heads, keys] = golden.attention_last_row.shape;
    const expected = goldenFloats(golden.attention_last_row);
    for (let plane = 0; plane < layers * heads; plane++) {
      const [layer, head] = [Math.floor(plane / heads), plane % heads];
      const view = attentionHead(attention![0]!, { layer, head, mass: 1, positions: [keys - 1], ids });
      const row = expected.subarray(plane * keys, (plane + 1) * keys);
      for (const { key, weight } of view.rows[0]!.entries)
        expect(Math.abs(weight - row[key]!)).toBeLessThan(1e-4);
      expect(Math.abs(view.rows[0]!.sink - row[0]!)).toBeLessThan(1e-4);
    }
    await session.dispose();
    await loaded.dispose();
  });
});
