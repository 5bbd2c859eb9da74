import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, type Draft, generate, modelDraft, promptLookup } from '@nexttoken/generate';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { categorical, temperature } from '@nexttoken/sampling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-speculative-'));
});
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

/** Ids with and without a draft, and what the draft was worth. */
async function compare(
  { model, tokenizer }: LoadedModel,
  draft: Draft,
  prompt: string,
  maxNewTokens: number,
) {
  const options = { model, tokenizer, prompt, maxNewTokens, endTokenIds: [] };
  const plain = await collect(generate(options));
  const drafted = await collect(generate({ ...options, draft }));
  expect([...drafted.ids]).toEqual([...plain.ids]);
  expect(drafted.text).toBe(plain.text);
  return drafted.draft!;
}

describe.skipIf(!hasShared)('stories260k with a draft is stories260k', () => {
  test('its int8 weights as the draft, and prompt lookup', async () => {
    const loaded = await load(sharedPath('data/models/stories260k'), { cacheFolder });
    const small = await load(sharedPath('data/models/stories260k-onnx'), { dtype: 'int8', cacheFolder });
    const prompt = 'Once upon a time, there was a little girl';
    const byModel = await compare(loaded, modelDraft(small.model), prompt, 120);
    expect(byModel.acceptanceRate).toBeGreaterThan(0.8);
    expect(byModel.forwards).toBeLessThan(120 * 0.4);
    const byLookup = await compare(loaded, promptLookup(), prompt, 300);
    expect(byLookup.proposed).toBeGreaterThan(0);
    await loaded.dispose();
    await small.dispose();
  });
});

describe('tales with a draft is tales', () => {
  test('its chat sister as the draft, and prompt lookup on a text that repeats itself', async () => {
    const loaded = await load('tales', { cacheFolder });
    const sister = await load('tales-chat', { cacheFolder });
    const byModel = await compare(loaded, modelDraft(sister.model), 'Once upon a time', 100);
    expect(byModel.accepted).toBeGreaterThan(0);
    const sentence = 'Tom has a red ball. Tom likes the red ball. Sam has a blue kite. ';
    const byLookup = await compare(loaded, promptLookup(), sentence.repeat(4), 80);
    expect(byLookup.forwards).toBeLessThan(0.6 * 80);
    console.info(
      `tales: ${byModel.accepted} of ${byModel.proposed} by its sister, ${byLookup.forwards} of 80 forwards`,
    );

    const { model, tokenizer } = loaded;
    const options = { model, tokenizer, prompt: sentence, maxNewTokens: 60, seed: 3, endTokenIds: [] };
    const sampled = { ...options, processors: temperature(0.7), sampler: categorical() };
    const plain = await collect(generate(sampled));
    const drafted = await collect(generate({ ...sampled, draft: promptLookup() }));
    expect(drafted.text).toBe(plain.text);
    await loaded.dispose();
    await sister.dispose();
  });
});
