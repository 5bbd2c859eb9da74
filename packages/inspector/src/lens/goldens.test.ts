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
import type { HiddenStates } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { logitLens } from './logit-lens';
import { readLensHead } from './read-lens-head';

interface ForwardGolden {
  readonly name: string;
  readonly ids: GoldenArray;
  readonly vocab: number;
  readonly hidden_states: readonly { readonly last: GoldenArray }[];
}

/** The last position's states as transformers gave them. */
function statesOf({ hidden_states: layers }: ForwardGolden): HiddenStates {
  const rows = layers.map(({ last }) => goldenFloats(last));
  const width = rows[0]!.length;
  const data = new Float32Array(rows.length * width);
  for (const [layer, row] of rows.entries()) data.set(row, layer * width);
  return { data, layers: rows.length, positions: 1, width };
}

const headOf = async (path: string) => {
  const checkpoint = await openCheckpointPath(sharedPath(path));
  const head = await readLensHead(checkpoint);
  await checkpoint.close();
  return head;
};

describe.skipIf(!hasShared)('the logit lens against transformers', () => {
  test('SmolLM2: the five best of every layer, from the recorded states', async () => {
    const { cases } = readGolden<{
      cases: (ForwardGolden & {
        logit_lens: { top5_ids: GoldenArray; top5_logits: GoldenArray };
      })[];
    }>('smollm2/forward.json');
    const head = await headOf('data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf');
    let compared = 0;
    for (const golden of cases) {
      const grid = await logitLens(statesOf(golden), goldenIds(golden.ids).slice(-1), head, undefined, {
        top: 6,
      });
      const ids = goldenIdRows(golden.logit_lens.top5_ids);
      const logits = goldenRows(golden.logit_lens.top5_logits);
      expect(grid.layers.map(({ layer }) => layer)).toEqual(ids.map((_, layer) => layer));
      for (const { layer, cells } of grid.layers) {
        const found = new Map(cells[0]!.top.map(({ id, logit }) => [id, logit]));
        for (const [rank, id] of ids[layer]!.entries()) {
          expect(found.has(id), `${golden.name}, layer ${layer}, id ${id}`).toBe(true);
          expect(Math.abs(found.get(id)! - logits[layer]![rank]!)).toBeLessThan(2e-3);
          compared++;
        }
      }
    }
    expect(compared).toBe(cases.length * 31 * 5);
  });

  test.each(['short', 'bytes', 'dialogue'])('stories260k, %s: the last layer is the output', async (name) => {
    const golden = readGolden<ForwardGolden & { logits: GoldenArray }>(`forward/${name}.json`);
    const output = goldenFloats(golden.logits).slice(-golden.vocab);
    const head = await headOf('data/models/stories260k');
    const last = goldenIds(golden.ids).slice(-1);
    const top = golden.vocab;
    const { layers } = await logitLens(statesOf(golden), last, head, undefined, { top });
    const { top: tokens, divergence } = layers.at(-1)!.cells[0]!;
    expect(tokens).toHaveLength(golden.vocab);
    for (const { id, logit } of tokens) expect(Math.abs(logit - output[id]!)).toBeLessThan(2e-4);
    expect(divergence).toBe(0);
    expect(layers[0]!.cells[0]!.divergence).toBeGreaterThan(0.1);
  });
});
