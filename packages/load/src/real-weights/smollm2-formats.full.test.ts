import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { logSoftmax } from '@nexttoken/numeric';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

interface PerplexityFile {
  readonly ids: GoldenArray;
  readonly cases: readonly {
    readonly name: string;
    readonly window_nll_sums: GoldenArray;
    readonly windows: readonly (readonly [begin: number, end: number, scored: number])[];
  }[];
}

const cases = <Case>(file: string): readonly Case[] =>
  hasShared ? readGolden<{ cases: Case[] }>(`smollm2/${file}.json`).cases : [];
const texts = [
  ...cases<{ ids: GoldenArray }>('forward').map(({ ids }) => goldenIds(ids)),
  ...cases<{ prompt_ids: GoldenArray }>('next').map(({ prompt_ids }) => goldenIds(prompt_ids)),
];

/** Rows of logits after every position of a text. */
async function rowsOf({ model }: LoadedModel, ids: readonly number[]): Promise<Float32Array[]> {
  const session = await model.createSession();
  const { logits } = await session.forward([ids], { logits: 'all' });
  const data = logits[0]!.data.slice();
  await session.dispose();
  return ids.map((_, position) =>
    data.subarray(position * model.vocabSize, (position + 1) * model.vocabSize),
  );
}

/** Σ p · (log p − log q) of two rows of logits, in nats. */
function divergence(p: Float32Array, q: Float32Array): number {
  const [logP, logQ] = [logSoftmax(p), logSoftmax(q)];
  return logP.reduce((sum, value, id) => sum + Math.exp(value) * (value - logQ[id]!), 0);
}

describe.skipIf(!hasShared)('SmolLM2-135M-Instruct in the int4 blocks of its GGUF file', () => {
  let cacheFolder: string;
  let reference: Float32Array[];
  const open = (options: Parameters<typeof load>[1]) =>
    load(sharedPath('data/models/smollm2-135m-instruct'), { ...options, cacheFolder });

  async function compared(options: Parameters<typeof load>[1]) {
    const loaded = await open(options);
    console.info(`smollm2 ${loaded.model.describe().dtype}: ${JSON.stringify(loaded.source.matrices)}`);
    const rows: Float32Array[] = [];
    for (const ids of texts) rows.push(...(await rowsOf(loaded, ids)));
    let worst = 0;
    let sum = 0;
    let most = 0;
    rows.forEach((row, index) => {
      const expected = reference[index]!;
      for (let id = 0; id < row.length; id++) worst = Math.max(worst, Math.abs(row[id]! - expected[id]!));
      const difference = divergence(expected, row);
      sum += difference;
      most = Math.max(most, difference);
    });
    const mean = sum / rows.length;
    console.info(
      `  ${rows.length} positions: largest difference of a logit ${worst.toExponential(2)}, divergence ${mean.toExponential(2)} on average, ${most.toExponential(2)} at most`,
    );
    return { loaded, worst, mean };
  }

  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-smollm2-'));
    const loaded = await open({ dtype: 'fp32' });
    reference = [];
    for (const ids of texts) reference.push(...(await rowsOf(loaded, ids)));
    await loaded.dispose();
  });
  afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

  test('exact: every logit within 1e-2 of float32', async () => {
    const { loaded, worst } = await compared({ dtype: 'q4' });
    await loaded.dispose();
    expect(worst).toBeLessThan(1e-2);
  });

  test('fast: a divergence of at most 1e-3 on average, perplexity within 0.5 %', async () => {
    const { loaded, mean } = await compared({ dtype: 'q4', precision: 'fast' });
    expect(mean).toBeLessThan(1e-3);
    const file = readGolden<PerplexityFile>('smollm2/perplexity.json');
    const one = file.cases.find(({ name }) => /non_overlapping_512$/.test(name))!;
    // Half of the slice, to keep the suite short: all 16 windows give 36.0092, float32 36.0026.
    const windows = one.windows.slice(0, 8);
    const scored = windows.reduce((all, [, , count]) => all + count, 0);
    const sums = goldenFloats(one.window_nll_sums).subarray(0, windows.length);
    const perplexity = Math.exp(sums.reduce((all, each) => all + each, 0) / scored);
    const ids = goldenIds(file.ids);
    let sum = 0;
    for (const [begin, end, count] of windows) {
      const window = ids.slice(begin, end);
      const rows = await rowsOf(loaded, window);
      for (let at = window.length - count; at < window.length; at++)
        sum -= logSoftmax(rows[at - 1]!)[window[at]!]!;
    }
    await loaded.dispose();
    const actual = Math.exp(sum / scored);
    console.info(`  perplexity ${actual.toFixed(4)}, of float32 ${perplexity.toFixed(4)} (${scored} tokens)`);
    expect(Math.abs(actual / perplexity - 1)).toBeLessThan(5e-3);
  });
});
