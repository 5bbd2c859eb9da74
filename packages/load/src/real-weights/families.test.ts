import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, generate } from '@nexttoken/generate';
import { type GoldenArray, goldenIds, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { load } from '../index';
import { temporaryFolders } from '../testing/temporary-folder';

interface Golden {
  readonly cases: readonly { readonly ids: GoldenArray; readonly greedy_12_ids: readonly number[] }[];
}

/** A word for every id. */
const tokenizer = (vocabSize: number) => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordLevel',
    unk_token: 'w0',
    vocab: Object.fromEntries(Array.from({ length: vocabSize }, (_, id) => [`w${id}`, id])),
  },
});

describe.skipIf(!hasShared)('folders of every family', () => {
  const newFolder = temporaryFolders();

  test.each([
    ['mistral', 384],
    ['gpt2', 320],
  ])('%s continues as Hugging Face', async (family, vocabSize) => {
    const golden = `models/tiny-random-${family}`;
    const folder = await newFolder();
    for (const file of ['config.json', 'generation_config.json', 'model.safetensors'])
      await copyFile(sharedPath(`goldens/${golden}/${file}`), join(folder, file));
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer(vocabSize)));
    const loaded = await load(folder, { cacheFolder: await newFolder() });
    expect(loaded.architecture?.family).toBe(family);
    for (const { ids, greedy_12_ids: expected } of readGolden<Golden>(`${golden}/expected.json`).cases) {
      const { model } = loaded;
      const run = await collect(
        generate({
          model,
          tokenizer: loaded.tokenizer,
          prompt: goldenIds(ids),
          maxNewTokens: expected.length,
          endTokenIds: [],
        }),
      );
      expect([...run.ids]).toEqual(expected);
    }
    await loaded.dispose();
  });
});
