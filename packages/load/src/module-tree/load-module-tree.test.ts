import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import { describe, expect, test } from 'vitest';
import { loadModuleTree } from '../files';
import { temporaryFolders } from '../testing/temporary-folder';

const temporaryFolder = temporaryFolders();

describe('loadModuleTree', () => {
  test('of an embedded model, from its header', async () => {
    const { tree, from, path } = await loadModuleTree('tales');
    expect([from, path]).toEqual(['header', tinyModelPath('tales')]);
    expect(tree.root).toMatchObject({ type: 'LlamaForCausalLM', bytes: 2 * tree.root.parameters });
    expect([tree.missing, tree.surplus]).toEqual([[], []]);
  });

  test('of a folder without weights, from its config', async () => {
    const folder = await temporaryFolder();
    await copyFile(join(tinyModelPath('tales'), 'config.json'), join(folder, 'config.json'));
    const [config, header] = [await loadModuleTree(folder), await loadModuleTree('tales')];
    expect(config.from).toBe('config');
    expect(config.tree.root.parameters).toBe(header.tree.root.parameters);
  });

  test('as another version prints it', async () => {
    const { tree } = await loadModuleTree('tales', { printedBy: 'transformers-4.38' });
    expect(tree.printedBy).toBe('transformers-4.38');
  });

  test('refusals', async () => {
    const folder = await temporaryFolder();
    await expect(loadModuleTree(folder)).rejects.toMatchObject({ code: 'file-not-found' });
    await writeFile(join(folder, 'config.json'), '{"model_type": "mamba"}');
    await expect(loadModuleTree(folder)).rejects.toMatchObject({ code: 'unknown-architecture' });
    await expect(loadModuleTree('no/where', { offline: true })).rejects.toMatchObject({
      code: 'model-not-found',
    });
    await expect(loadModuleTree('tales', { style: 'x' } as object)).rejects.toMatchObject({
      code: 'unsupported-option',
    });
  });
});

describeShared('of a GGUF file', () => {
  test('SmolLM2', async () => {
    const path = sharedPath('data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf');
    const { tree, from } = await loadModuleTree(path);
    expect([from, tree.root.parameters]).toEqual(['header', 134515008]);
  });
});
