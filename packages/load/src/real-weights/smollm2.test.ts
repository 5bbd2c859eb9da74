import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, generate } from '@nexttoken/generate';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import { nextTokenTable } from '@nexttoken/inspector';
import { chain, huggingFacePreset, repetitionPenalty } from '@nexttoken/sampling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

const tolerance = 2e-3;

interface NextCase {
  readonly name: string;
  readonly prompt: string;
  readonly prompt_ids: number[];
  readonly top50_ids: number[];
  readonly top50_logits: GoldenArray;
  readonly top50_probs: GoldenArray;
  readonly top50_min_gap: number;
  readonly logits?: GoldenArray;
}
interface GreedyCase {
  readonly name: string;
  readonly messages?: { role: string; content: string }[];
  readonly prompt: string;
  readonly prompt_ids: GoldenArray;
  readonly max_new_tokens: number;
  readonly ids: GoldenArray;
  readonly config?: Record<string, number>;
}
interface ChainCase {
  readonly name: string;
  readonly input: string;
  readonly config: Record<string, unknown>;
  readonly effective: Record<string, number>;
  readonly survivors: { indices: GoldenArray; probs: GoldenArray }[];
  readonly stable_under_noise?: number;
}

const cases = <Case>(file: string): Case[] =>
  hasShared ? readGolden<{ cases: Case[] }>(`smollm2/${file}.json`).cases : [];

describe.skipIf(!hasShared)('SmolLM2-135M-Instruct from its GGUF file', () => {
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

  /** The raw row after a text of ids. */
  async function rowAfter(ids: readonly number[]): Promise<Float32Array> {
    const session = await loaded.model.createSession();
    const { logits } = await session.forward([ids]);
    const row = logits[0]!.data.slice();
    await session.dispose();
    return row;
  }

  test('says " Paris" with p = 0.7725, in both spellings of the question', async () => {
    const { tokenizer } = loaded;
    const table = nextTokenTable(
      await rowAfter([...tokenizer.encode('The capital of France is').ids]),
      tokenizer,
      { top: 5 },
    );
    expect(table.rows[0]!.text).toBe(' Paris');
    expect(table.rows[0]!.probability).toBeCloseTo(0.7725, 4);
    const { ids } = tokenizer.encode('The Capital of France is');
    expect([...ids]).toEqual([504, 14937, 282, 4649, 314]);
    const notebook = nextTokenTable(await rowAfter([...ids]), tokenizer, { top: 1 });
    expect(notebook.rows[0]!.text).toBe(' Paris');
  });

  test.each(cases<NextCase>('next'))('next-token table: $prompt', async (entry) => {
    expect([...loaded.tokenizer.encode(entry.prompt).ids]).toEqual(goldenIds(entry.prompt_ids));
    const row = await rowAfter(goldenIds(entry.prompt_ids));
    const table = nextTokenTable(row, loaded.tokenizer, { top: 50 });
    const logits = goldenFloats(entry.top50_logits);
    const probabilities = goldenFloats(entry.top50_probs);
    entry.top50_ids.forEach((id, rank) => {
      expect(Math.abs(row[id]! - logits[rank]!)).toBeLessThan(tolerance);
      const found = table.rows.find((candidate) => candidate.id === id);
      if (rank < 49) expect(found).toBeDefined();
      if (found) expect(Math.abs(found.probability - probabilities[rank]!)).toBeLessThan(tolerance);
    });
    if (entry.top50_min_gap > 2 * tolerance) expect(table.rows.map((r) => r.id)).toEqual(entry.top50_ids);
    if (entry.logits) {
      const whole = goldenFloats(entry.logits);
      expect(whole.every((value, id) => Math.abs(value - row[id]!) < tolerance)).toBe(true);
    }
  });

  test.each(cases<GreedyCase>('greedy'))('greedy ids: $name', async (entry) => {
    const prompt = goldenIds(entry.prompt_ids);
    if (entry.messages) {
      const text = loaded.chatTemplate!.render(entry.messages);
      expect([...loaded.tokenizer.encode(text, { addSpecialTokens: false }).ids]).toEqual(prompt);
    }
    const { model } = loaded;
    const { endTokenIds } = loaded.generationConfig;
    const { ids } = await collect(
      generate({ model, prompt, maxNewTokens: entry.max_new_tokens, endTokenIds }),
    );
    expect([...prompt, ...ids]).toEqual(goldenIds(entry.ids));
  });

  const penalised = cases<GreedyCase>('greedy_processors').filter(
    ({ config }) => Object.keys(config ?? {}).join() === 'repetition_penalty',
  );
  test.each(penalised)('greedy ids with a repetition penalty: $name', async (entry) => {
    const prompt = goldenIds(entry.prompt_ids);
    const { ids } = await collect(
      generate({
        model: loaded.model,
        prompt,
        maxNewTokens: entry.max_new_tokens,
        endTokenIds: loaded.generationConfig.endTokenIds,
        processors: chain(repetitionPenalty(entry.config!.repetition_penalty!)),
      }),
    );
    expect([...prompt, ...ids]).toEqual(goldenIds(entry.ids));
  });

  const names = {
    temperature: 'temperature',
    top_k: 'topK',
    top_p: 'topP',
    min_p: 'minP',
    typical_p: 'typicalP',
    repetition_penalty: 'repetitionPenalty',
  };
  const others = new Set(['eos_token_id', 'do_sample', 'num_beams', 'pad_token_id']);
  const ours = cases<ChainCase>('chains').filter(({ config }) =>
    Object.keys(config).every((key) => key in names || others.has(key)),
  );
  test.each(ours)('chain over a row of our own: $name $config', async (entry) => {
    const { inputs } = readGolden<{ inputs: Record<string, { input_ids: GoldenArray }> }>(
      'smollm2/chains.json',
    );
    const ids = goldenIds(inputs[entry.input]!.input_ids);
    const options = Object.fromEntries(
      Object.entries(names).flatMap(([key, name]) => {
        const value = entry.effective[key];
        return value === undefined || value === null ? [] : [[name, value]];
      }),
    );
    const scores = await rowAfter(ids);
    const processors = huggingFacePreset(options);
    processors.process(
      scores,
      { ids, promptLength: ids.length, row: 0, batchItem: 0 },
      processors.initialState?.() as never,
    );
    const kept = [...scores.keys()].filter((id) => scores[id] !== Number.NEGATIVE_INFINITY);
    if ((entry.stable_under_noise ?? 0) >= tolerance / 2)
      expect(kept).toEqual(goldenIds(entry.survivors[0]!.indices).sort((a, b) => a - b));
    else expect(Math.abs(kept.length - goldenIds(entry.survivors[0]!.indices).length)).toBeLessThanOrEqual(2);
  });

  test('the cases that were compared', () => {
    expect([cases('next').length, cases('greedy').length, penalised.length > 0, ours.length > 0]).toEqual([
      12,
      8,
      true,
      true,
    ]);
    console.info(`smollm2: ${penalised.length} penalty cases, ${ours.length} chains`);
  });
});
