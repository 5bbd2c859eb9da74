import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { load } from '@nexttoken/load';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaRuns } from '../testing/schema-runs';

let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-grammar-'));
});
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

describe('300 random schemas at temperature 1.5', () => {
  const names = ['tales', ...(hasShared ? [sharedPath('data/models/stories260k')] : [])];
  test.each(names)('%s: everything that was finished is valid', { timeout: 300_000 }, async (name) => {
    const { model, tokenizer, generationConfig, dispose } = await load(name, { cacheFolder });
    const { endTokenIds } = generationConfig;
    const prompt = [...tokenizer.encode('Once upon a time').ids];
    const runs = await schemaRuns({ model, tokenizer, endTokenIds, prompt, from: 0, to: 300 });
    await dispose();
    console.info(
      `${runs.finished} finished, ${runs.unfinished} cut short, ${runs.refused.length} that nothing fits`,
    );
    expect(runs.invalid).toEqual([]);
    expect(runs.finished).toBeGreaterThan(250);
    expect(runs.refused.length).toBeLessThan(10);
  });
});
