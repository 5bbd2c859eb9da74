import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  beamSearch,
  collect,
  collectBeams,
  generate,
  promptLookup,
  rankContinuations,
  scoreText,
} from '@nexttoken/generate';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { fromGenerationConfig, type HuggingFaceGenerationConfig } from '@nexttoken/sampling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';
import { type BeamCase, beamOptions, goldenTexts } from '../testing/golden-generation';

interface GreedyCase {
  readonly name: string;
  readonly prompt_ids: GoldenArray;
  readonly max_new_tokens: number;
  readonly config: HuggingFaceGenerationConfig;
  readonly ids: GoldenArray;
}
interface PerplexityFile {
  readonly ids: GoldenArray;
  readonly cases: readonly {
    readonly name: string;
    readonly window: number;
    readonly stride: number;
    readonly n_scored: number;
    readonly mean_nll: number;
    readonly windows: readonly (readonly [number, number, number])[];
    readonly window_nll_sums: GoldenArray;
    readonly first_window_nll: GoldenArray;
  }[];
}

const cases = <Case>(file: string): readonly Case[] =>
  hasShared ? readGolden<{ cases: Case[] }>(`smollm2/${file}.json`).cases : [];

describe.skipIf(!hasShared)('SmolLM2-135M-Instruct generates what transformers generates', () => {
  let loaded: LoadedModel;
  let cacheFolder: string;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-smollm2-'));
    loaded = await load(sharedPath('data/models/smollm2-135m-instruct'), { cacheFolder });
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  test.each(cases<GreedyCase>('greedy_processors'))(
    'greedy, $name: $config',
    async (entry) => {
      const { endTokenIds } = loaded.generationConfig;
      const { processors } = fromGenerationConfig({ eos_token_id: endTokenIds, ...entry.config });
      const prompt = goldenIds(entry.prompt_ids);
      const { model } = loaded;
      const { max_new_tokens: maxNewTokens } = entry;
      const options = { model, prompt, processors, endTokenIds, maxNewTokens };
      const plain = await collect(generate(options));
      expect([...prompt, ...plain.ids]).toEqual(goldenIds(entry.ids));
      const drafted = await collect(generate({ ...options, draft: promptLookup() }));
      expect(drafted.ids).toEqual(plain.ids);
    },
    120_000,
  );

  test.each(cases<BeamCase>('beam'))(
    'beams, $name: $config',
    async (entry) => {
      const prompt = goldenIds(entry.prompt_ids);
      const { texts, steps } = await collectBeams(
        beamSearch({ model: loaded.model, prompt, ...beamOptions(entry.config) }),
      );
      expect(texts.map(({ ids }) => [...prompt, ...ids])).toEqual(goldenTexts(entry));
      texts.forEach(({ score, parents }, rank) => {
        const expected = entry.sequences_scores[rank]!;
        expect(Math.abs(score - expected)).toBeLessThan(1e-3 * Math.abs(expected));
        expect(parents).toEqual(goldenIds(entry.beam_indices[rank]!).filter((beam) => beam >= 0));
      });
      expect(steps.length).toBe(entry.steps.length);
    },
    120_000,
  );

  const perplexity = hasShared
    ? readGolden<PerplexityFile>('smollm2/perplexity.json')
    : { ids: [], cases: [] };
  test.each(perplexity.cases)(
    '$name',
    async ({ window, stride, ...entry }) => {
      const score = await scoreText({ model: loaded.model, text: goldenIds(perplexity.ids), window, stride });
      expect(score.scored).toBe(entry.n_scored);
      expect(score.windows.map(({ begin, end, scored }) => [begin, end, scored])).toEqual(entry.windows);
      expect(Math.abs(score.meanLoss - entry.mean_nll)).toBeLessThan(1e-4);
      const sums = goldenFloats(entry.window_nll_sums);
      score.windows.forEach(({ loss }, index) => {
        expect(Math.abs(loss - sums[index]!)).toBeLessThan(0.05);
      });
      goldenFloats(entry.first_window_nll).forEach((loss, index) => {
        expect(Math.abs(score.losses[index + 1]! - loss)).toBeLessThan(2e-3);
      });
    },
    580_000,
  );

  test('ranks what may follow', async () => {
    const { model, tokenizer } = loaded;
    const ranked = await rankContinuations({
      model,
      tokenizer,
      prompt: 'The capital of France is',
      continuations: [' London', ' Paris', ' a small dog'],
    });
    expect(ranked.map(({ index }) => index)).toEqual([1, 0, 2]);
    expect(Math.exp(ranked[0]!.logProbability)).toBeCloseTo(0.7725, 4);
  });
});
