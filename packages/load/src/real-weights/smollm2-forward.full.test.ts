import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { logSumExp, topIndices } from '@nexttoken/numeric';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

interface ForwardCase {
  readonly name: string;
  readonly ids: GoldenArray;
  readonly top20_ids: GoldenArray;
  readonly top20_logits: GoldenArray;
  readonly logsumexp: GoldenArray;
  readonly argmax: GoldenArray;
  readonly argmax_gap: GoldenArray;
  readonly hidden_states: readonly { readonly last: GoldenArray; readonly projection: GoldenArray }[];
  readonly attention_last_row: GoldenArray;
  readonly logit_lens: { readonly top5_ids: GoldenArray; readonly top5_logits: GoldenArray };
}
interface ForwardFile {
  readonly hidden_projection_matrix: GoldenArray;
  readonly cases: readonly ForwardCase[];
}

const folder = sharedPath('data/models/smollm2-135m-instruct');
const file = hasShared
  ? readGolden<ForwardFile>('smollm2/forward.json')
  : { hidden_projection_matrix: [], cases: [] };

const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Array.from(expected).reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
}

describe.skipIf(!hasShared)('SmolLM2-135M-Instruct in float32, forward', () => {
  let loaded: LoadedModel;
  let cacheFolder: string;
  /** The output layer's rows and the last norm's weights. */
  let embedding: Float32Array;
  let norm: Float32Array;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-smollm2-'));
    loaded = await load(folder, { cacheFolder, dtype: 'fp32', attention: true });
    const checkpoint = await openCheckpointPath(folder);
    embedding = await checkpoint.read('model.embed_tokens.weight');
    norm = await checkpoint.read('model.norm.weight');
    await checkpoint.close();
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  /** The output layer over one hidden state, behind the last norm unless it was normed already. */
  function lens(state: Float32Array, isNormed: boolean): Float32Array {
    const width = state.length;
    const power = state.reduce((sum, value) => sum + value * value, 0) / width;
    const read = isNormed ? state : state.map((value, i) => (value / Math.sqrt(power + 1e-5)) * norm[i]!);
    return Float32Array.from({ length: embedding.length / width }, (_, row) => {
      let sum = 0;
      for (let i = 0, at = row * width; i < width; i++, at++) sum += read[i]! * embedding[at]!;
      return sum;
    });
  }

  test.each(file.cases)('$name: logits, hidden states, attention and logit lens', async (golden) => {
    const ids = goldenIds(golden.ids);
    const session = await loaded.model.createSession();
    const capture = { hiddenStates: true, attention: true };
    const result = await session.forward([ids], { logits: 'all', capture });
    const { vocabSize, data: logits } = result.logits[0]!;

    const [top, topLogits] = [goldenIds(golden.top20_ids), goldenFloats(golden.top20_logits)];
    const [argmax, gaps] = [goldenIds(golden.argmax), goldenFloats(golden.argmax_gap)];
    const sums = goldenFloats(golden.logsumexp);
    ids.forEach((_, position) => {
      const row = logits.subarray(position * vocabSize, (position + 1) * vocabSize);
      for (let i = position * 20; i < (position + 1) * 20; i++)
        expect(Math.abs(row[top[i]!]! - topLogits[i]!)).toBeLessThan(2e-3);
      expect(Math.abs(logSumExp(row) - sums[position]!)).toBeLessThan(2e-3);
      if (gaps[position]! > 2e-3) expect(topIndices(row, 1)[0]).toBe(argmax[position]);
    });

    const { data, layers, positions, width } = result.hiddenStates![0]!;
    expect([layers, positions]).toEqual([golden.hidden_states.length, ids.length]);
    const top5 = goldenIds(golden.logit_lens.top5_ids);
    const top5Logits = goldenFloats(golden.logit_lens.top5_logits);
    golden.hidden_states.forEach(({ last }, layer) => {
      const states = data.subarray(layer * positions * width, (layer + 1) * positions * width);
      const state = states.subarray(-width);
      expect(worst(state, goldenFloats(last)), `layer ${layer}`).toBeLessThan(1e-4 * largest(states));
      const row = lens(state, layer === layers - 1);
      for (let i = layer * 5; i < layer * 5 + 5; i++)
        expect(Math.abs(row[top5[i]!]! - top5Logits[i]!), `logit lens of layer ${layer}`).toBeLessThan(2e-3);
    });

    const attention = result.attention![0]!;
    const { heads, keys } = attention;
    expect([attention.layers, heads, attention.positions, keys]).toEqual([
      layers - 1,
      9,
      positions,
      positions,
    ]);
    const lastRows = Array.from({ length: attention.layers * heads }, (_, plane) =>
      attention.data.subarray(((plane + 1) * positions - 1) * keys, (plane + 1) * positions * keys),
    );
    expect(
      worst(
        lastRows.flatMap((row) => [...row]),
        goldenFloats(golden.attention_last_row),
      ),
    ).toBeLessThan(1e-4);
    await session.dispose();
  });
});
