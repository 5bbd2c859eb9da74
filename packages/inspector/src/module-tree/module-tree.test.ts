import { checkpointModuleTree } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { modelCosts } from './model-costs';
import { moduleRows } from './module-rows';
import type { ModuleTreeNode } from './module-tree-data';

const leaf = (path: string, type: string, shape: readonly number[], tiedTo?: string): ModuleTreeNode => {
  const parameters = tiedTo ? 0 : shape.reduce((product, size) => product * size, 1);
  const all = shape.reduce((product, size) => product * size, 1);
  return {
    name: path.split('.').at(-1)!,
    path,
    type,
    arguments: '',
    own: [
      { name: 'weight', shape, parameters: all, dtype: 'F32', bytes: 4 * all, ...(tiedTo && { tiedTo }) },
    ],
    children: [],
    parameters,
    bytes: 4 * parameters,
  };
};
const branch = (path: string, type: string, children: readonly ModuleTreeNode[]): ModuleTreeNode => ({
  name: path.split('.').at(-1)!,
  path,
  type,
  arguments: '',
  own: [],
  children,
  parameters: children.reduce((sum, child) => sum + child.parameters, 0),
  bytes: children.reduce((sum, child) => sum + child.bytes!, 0),
});
const block = (path: string, width: number) =>
  branch(path, 'Block', [leaf(`${path}.up`, 'Linear', [width, 4]), leaf(`${path}.norm`, 'Norm', [4])]);
const root = branch('', 'Model', [
  leaf('embed', 'Embedding', [10, 4]),
  branch('layers', 'ModuleList', [block('layers.0', 8), block('layers.1', 8), block('layers.2', 6)]),
  leaf('head', 'Linear', [10, 4], 'embed.weight'),
]);

describe('moduleRows', () => {
  test('every module, with its share', () => {
    const rows = moduleRows(root);
    expect(rows.map(({ depth, path }) => `${depth} ${path}`)).toEqual([
      '0 ',
      '1 embed',
      '1 layers',
      '2 layers.0',
      '3 layers.0.up',
      '3 layers.0.norm',
      '2 layers.1',
      '3 layers.1.up',
      '3 layers.1.norm',
      '2 layers.2',
      '3 layers.2.up',
      '3 layers.2.norm',
      '1 head',
    ]);
    expect(rows[0]).toMatchObject({ name: 'Model', share: 1, byteShare: 1, hasChildren: true, isOpen: true });
    expect(rows[1]).toMatchObject({ share: 40 / 140, parameters: 40, hasChildren: false, isOpen: false });
    expect(rows.at(-1)).toMatchObject({ tiedTo: 'embed.weight', parameters: 0, share: 0 });
  });

  test('folded, opened, searched', () => {
    const folded = moduleRows(root, { fold: true });
    expect(folded.filter(({ depth }) => depth === 2)).toMatchObject([
      { name: '0-1', count: 2, parameters: 36, share: 72 / 140 },
      { name: '2', count: 1 },
    ]);
    const top = moduleRows(root, { open: new Set(['']) });
    expect(top.map(({ path, isOpen }) => [path, isOpen])).toEqual([
      ['', true],
      ['embed', false],
      ['layers', false],
      ['head', false],
    ]);
    const found = moduleRows(root, { search: 'LAYERS.1.UP.weight', open: new Set() });
    expect(found.map(({ path }) => path)).toEqual(['', 'layers', 'layers.1', 'layers.1.up']);
    expect(moduleRows(root, { search: 'nowhere' })).toEqual([]);
    expect(() => moduleRows(root, { folded: true } as object)).toThrow('folded');
  });
});

test('modelCosts: cache bytes and operations of a token', () => {
  const sizes = { layerCount: 3, headCount: 4, keyValueHeadCount: 2, headSize: 5 };
  expect(modelCosts(root, sizes, { positions: 9, bytesPerNumber: 2 })).toEqual({
    parameters: 140,
    bytes: 560,
    cacheBytesPerToken: 2 * 3 * 2 * 5 * 2,
    // Three matrices and the head; the embedding is looked up.
    operationsPerToken: 2 * (32 + 32 + 24 + 40) + 4 * 3 * 4 * 5 * 10,
  });
  expect(() => modelCosts(root, sizes, { positions: -1 })).toThrow('positions');
});

describe.skipIf(!hasShared)('a stored model', () => {
  test('SmolLM2: thirty equal layers, 134.5 million parameters', async () => {
    const path = sharedPath('data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf');
    const checkpoint = await openCheckpointPath(path);
    const { root: real } = checkpointModuleTree(checkpoint);
    const rows = moduleRows(real, { fold: true });
    expect(rows.find(({ name }) => name === '0-29')).toMatchObject({ count: 30, type: 'LlamaDecoderLayer' });
    expect(real.parameters).toBe(134_515_008);
    const costs = modelCosts(real, checkpoint.architecture);
    // 30 layers, 3 heads of 64 for keys and values, in float32.
    expect(costs.cacheBytesPerToken).toBe(2 * 30 * 3 * 64 * 4);
    // All but the norms are matrices; the embedding counts once, as the output layer.
    const norms = 61 * 576;
    expect(costs.operationsPerToken).toBe(2 * (134_515_008 - norms) + 4 * 30 * 9 * 64);
    await checkpoint.close();
  });
});
