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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

interface GreedyCase {
  readonly name: string;
  readonly prompt: string;
  readonly prompt_ids: GoldenArray;
  readonly max_new_tokens: number;
  readonly ids: GoldenArray;
  readonly text: string;
  readonly top5_ids: GoldenArray;
  readonly top5_logits: GoldenArray;
}

/** Where the same weights lie, and how many greedy tokens behind `<s>` must be the golden ones. */
const sources = [
  ['safetensors', 'data/models/stories260k', 'auto', 64],
  ['GGUF', 'data/models/stories260k/stories260k-f32.gguf', 'auto', 64],
  ['ONNX fp32', 'data/models/stories260k-onnx', 'fp32', 64],
  ['ONNX int8', 'data/models/stories260k-onnx', 'int8', 40],
  ['ONNX q4', 'data/models/stories260k-onnx', 'q4', 27],
] as const;

const cases = hasShared ? readGolden<{ cases: GreedyCase[] }>('generate/greedy.json').cases : [];
const fromNothing = cases.find((entry) => goldenIds(entry.prompt_ids).length === 1);

async function greedy(loaded: LoadedModel, prompt: number[], maxNewTokens: number) {
  const { model, tokenizer, generationConfig } = loaded;
  const { endTokenIds } = generationConfig;
  return collect(
    generate({ model, tokenizer, prompt, maxNewTokens, endTokenIds, capture: { logits: true } }),
  );
}

describe.skipIf(!hasShared).each(sources)('stories260k from %s', (kind, path, dtype, sureTokens) => {
  let loaded: LoadedModel;
  let cacheFolder: string;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-stories-'));
    loaded = await load(sharedPath(path), { dtype, cacheFolder });
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  test('tells the golden story from <s>', async () => {
    const prompt = fromNothing ? goldenIds(fromNothing.prompt_ids) : [1];
    const expected = fromNothing ? goldenIds(fromNothing.ids) : [];
    const { ids } = await greedy(loaded, prompt, sureTokens);
    expect(expected.length).toBeGreaterThan(sureTokens);
    expect([...ids]).toEqual(expected.slice(1, 1 + sureTokens));
  });

  test.runIf(kind === 'safetensors' || kind === 'GGUF' || kind === 'ONNX fp32').each(cases)(
    'greedy ids, text and top-5 logits: $name',
    async (entry) => {
      const prompt = goldenIds(entry.prompt_ids);
      const { ids, steps } = await greedy(loaded, prompt, entry.max_new_tokens);
      expect([...prompt, ...ids]).toEqual(goldenIds(entry.ids));
      const topIds = goldenIds(entry.top5_ids);
      const topLogits = goldenFloats(entry.top5_logits);
      steps.forEach((step, index) => {
        for (let i = index * 5; i < index * 5 + 5; i++)
          expect(Math.abs(step.logits[topIds[i]!]! - topLogits[i]!)).toBeLessThan(2e-4);
      });
      expect(loaded.tokenizer.decode([...prompt, ...ids], { skipSpecialTokens: true })).toBe(entry.text);
    },
  );

  test('the prompt as text gives the golden prompt ids', () => {
    for (const { prompt, prompt_ids } of cases)
      expect([...loaded.tokenizer.encode(prompt).ids]).toEqual(goldenIds(prompt_ids));
  });
});
