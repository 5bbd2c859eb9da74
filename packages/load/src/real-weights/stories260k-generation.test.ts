import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beamSearch, collect, collectBeams, generate } from '@nexttoken/generate';
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
  readonly top5_ids: GoldenArray;
  readonly top5_scores: GoldenArray;
}

interface GroupCase extends Omit<BeamCase, 'steps'> {
  readonly hypotheses: readonly GoldenArray[];
  readonly steps: readonly (readonly {
    readonly tokens: readonly number[];
    readonly parents: readonly number[];
    readonly scores: readonly number[];
    readonly done: boolean;
  }[])[];
}

const cases = <Case>(file: string): readonly Case[] =>
  hasShared ? readGolden<{ cases: Case[] }>(`generate/${file}.json`).cases : [];

/** Relative, and absolute below 1. */
function close(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(expected)));
}

/**
 * Candidates in their order; neighbours whose recorded scores are at most two units of float32’s last place apart, which no
 * arithmetic can order, are put in order of their names.
 */
function byRank(candidates: readonly string[], scores: ArrayLike<number>): string[][] {
  const groups: string[][] = [];
  candidates.forEach((candidate, rank) => {
    const gap = rank > 0 ? scores[rank - 1]! - scores[rank]! : Number.POSITIVE_INFINITY;
    if (gap <= 2 ** -22 * Math.abs(scores[rank]!)) groups.at(-1)!.push(candidate);
    else groups.push([candidate]);
  });
  return groups.map((group) => group.toSorted());
}

describe.skipIf(!hasShared)('stories260k generates what transformers generates', () => {
  let loaded: LoadedModel;
  let cacheFolder: string;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-generation-'));
    loaded = await load(sharedPath('data/models/stories260k'), { cacheFolder });
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  test.each(cases<GreedyCase>('greedy_processors'))('greedy, $name: $config', async (entry) => {
    const { processors, loop } = fromGenerationConfig({
      ...entry.config,
      max_new_tokens: entry.max_new_tokens,
    });
    const prompt = goldenIds(entry.prompt_ids);
    const { model } = loaded;
    const { endTokenIds } = loop;
    const { ids, steps } = await collect(
      generate({
        model,
        prompt,
        processors,
        endTokenIds,
        maxNewTokens: entry.max_new_tokens,
        capture: { scores: true },
      }),
    );
    expect([...prompt, ...ids]).toEqual(goldenIds(entry.ids));
    const topIds = goldenIds(entry.top5_ids);
    const topScores = goldenFloats(entry.top5_scores);
    topScores.forEach((score, index) => {
      if (!Number.isFinite(score)) return;
      expect(Math.abs(steps[Math.floor(index / 5)]!.scores[topIds[index]!]! - score)).toBeLessThan(3e-4);
    });
  });

  test.each([...cases<BeamCase>('beam'), ...cases<BeamCase>('beam_processors')])(
    'beams, $name: $config',
    async (entry) => {
      const prompt = goldenIds(entry.prompt_ids);
      const { texts, steps } = await collectBeams(
        beamSearch({ model: loaded.model, prompt, ...beamOptions(entry.config) }),
      );
      expect(texts.map(({ ids }) => [...prompt, ...ids])).toEqual(goldenTexts(entry));
      texts.forEach(({ score }, index) => {
        close(score, entry.sequences_scores[index]!);
      });
      expect(texts.map(({ parents }) => parents)).toEqual(
        entry.beam_indices.map((row) => goldenIds(row).filter((beam) => beam >= 0)),
      );
      expect(steps.length).toBe(entry.steps.length);
      entry.steps.forEach(({ candidates, running }, step) => {
        const own = steps[step]!.candidates;
        const scores = goldenFloats(candidates.scores);
        // Below that there are transformers' fillers and removed tokens, which are no candidates here.
        const real = scores.filter((score) => score > -1e8).length;
        expect(own.length).toBe(real);
        scores.slice(0, real).forEach((score, rank) => {
          close(own[rank]!.cumulative, score);
        });
        const tokens = goldenIds(candidates.tokens);
        const parents = goldenIds(candidates.beams);
        const theirs = [...scores.slice(0, real)].map((_, rank) => `${parents[rank]}:${tokens[rank]}`);
        const ours = own.map(({ id, parent }) => `${parent}:${id}`);
        expect(byRank(ours, scores)).toEqual(byRank(theirs, scores));
        if (step === entry.steps.length - 1) return;
        const kept = own.filter(({ fate }) => fate === 'kept').sort((a, b) => a.beam! - b.beam!);
        expect(kept.map(({ id }) => id)).toEqual(goldenIds(running.tokens));
        expect(kept.map(({ parent }) => parent)).toEqual(goldenIds(running.parents));
      });
    },
  );

  test.each(cases<GroupCase>('group_beam'))('diverse groups, $name: $config', async (entry) => {
    const prompt = goldenIds(entry.prompt_ids);
    const { numBeamGroups, numBeams, ...options } = beamOptions(entry.config);
    const { texts, steps } = await collectBeams(
      beamSearch({ model: loaded.model, prompt, numBeamGroups, numBeams, ...options }),
    );
    const ends = new Set(options.endTokenIds);
    const withoutEnd = texts.map(({ ids, reason }) => [
      ...prompt,
      ...(reason === 'end-token' ? ids.slice(0, -1) : ids),
    ]);
    expect(texts.every(({ ids, reason }) => ends.has(ids.at(-1)!) === (reason === 'end-token'))).toBe(true);
    expect(withoutEnd).toEqual(entry.hypotheses.map(goldenIds));
    texts.forEach(({ score }, index) => {
      close(score, entry.sequences_scores[index]!);
    });
    entry.steps.slice(0, -1).forEach((groups, step) => {
      groups.forEach(({ tokens, parents, scores }, group) => {
        if (step > 0 && entry.steps[step - 1]![group]!.done) return;
        const own = steps[step]!.candidates.filter((c) => c.group === group && c.fate === 'kept');
        const first = (group * numBeams) / numBeamGroups;
        expect(own.map(({ id }) => id)).toEqual(tokens);
        expect(own.map(({ parent }) => parent - first)).toEqual(parents);
        own.forEach(({ cumulative }, rank) => {
          close(cumulative, scores[rank]!);
        });
      });
    });
  });

  test('the cases that were compared', () => {
    const counts = ['greedy_processors', 'beam', 'beam_processors', 'group_beam'].map((f) => cases(f).length);
    expect(counts).toEqual([34, 45, 28, 24]);
  });
});
