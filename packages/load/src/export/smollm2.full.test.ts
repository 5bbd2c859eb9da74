import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, generate } from '@nexttoken/generate';
import { type GoldenArray, goldenIds, readGolden, sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { load } from '../index';
import { temporaryFolders } from '../testing/temporary-folder';
import { openInTransformersJs } from '../testing/transformers-js';
import { exportModel } from './export-model';

interface GreedyCase {
  readonly prompt: string;
  readonly prompt_ids: GoldenArray;
  readonly ids: GoldenArray;
  readonly n_new: number;
}

const temporaryFolder = temporaryFolders();

describeShared('SmolLM2-135M-Instruct from its GGUF file alone', () => {
  const name = 'SmolLM2-135M-Instruct.Q4_1.gguf';

  async function gguf(): Promise<string> {
    const path = join(await temporaryFolder(), name);
    await copyFile(sharedPath(`data/models/smollm2-135m-instruct/${name}`), path);
    return path;
  }
  const cases = (count: number) =>
    readGolden<{ cases: GreedyCase[] }>('smollm2/greedy.json').cases.slice(0, count);

  test('as an fp16 safetensors folder: read back, the recorded greedy ids', async () => {
    const folder = join(await temporaryFolder(), 'exported');
    const exported = await exportModel(await gguf(), folder, { format: 'safetensors' });
    expect(exported.files.map(({ path }) => path).sort()).toEqual([
      'config.json',
      'generation_config.json',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    const { model, tokenizer, chatTemplate, generationConfig, dispose } = await load(folder, {
      dtype: 'fp32',
      cacheFolder: await temporaryFolder(),
    });
    expect(chatTemplate?.render([{ role: 'user', content: 'Hi' }])).toContain(
      '<|im_start|>user\nHi<|im_end|>',
    );
    for (const { prompt, prompt_ids, ids, n_new } of cases(2)) {
      expect([...tokenizer.encode(prompt).ids]).toEqual([...goldenIds(prompt_ids)]);
      const { ids: made } = await collect(
        generate({
          model,
          prompt: [...goldenIds(prompt_ids)],
          maxNewTokens: n_new,
          endTokenIds: generationConfig.endTokenIds,
        }),
      );
      expect([...made]).toEqual([...goldenIds(ids)].slice(-n_new));
    }
    await dispose();
  }, 240_000);

  test('as a q4 ONNX folder with the blocks of the file: in transformers.js the recorded greedy ids', async () => {
    const folder = join(await temporaryFolder(), 'exported');
    const { graph } = await exportModel(await gguf(), folder, { dtype: 'q4' });
    expect(graph).toMatchObject({ layout: 'standard-fused', precision: 'exact' });
    const peer = await openInTransformersJs(folder);
    for (const { prompt, prompt_ids, ids, n_new } of cases(2)) {
      expect(peer.encode(prompt)).toEqual([...goldenIds(prompt_ids)]);
      expect(await peer.generate([...goldenIds(prompt_ids)], n_new)).toEqual([...goldenIds(ids)]);
    }
    await peer.dispose();
  }, 240_000);
});
