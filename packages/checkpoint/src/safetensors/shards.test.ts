import { expect, test } from 'vitest';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyConfig, tinyTensors, tinyValues } from '../testing/tiny-llama';
import { writeSafetensors } from '../testing/write-safetensors';
import { openSafetensors } from './open-safetensors';

const first = 'model-00001-of-00002.safetensors';
const second = 'model-00002-of-00002.safetensors';
const halves = [tinyTensors().slice(0, 5), tinyTensors().slice(5)] as const;
const sources = () => [
  bytesSource(writeSafetensors(halves[0]), `somewhere/${first}`),
  bytesSource(writeSafetensors(halves[1]), `somewhere\\${second}`),
];
const weightMap = (): Record<string, unknown> =>
  Object.fromEntries([
    ...halves[0].map(({ name }) => [name, first]),
    ...halves[1].map(({ name }) => [name, second]),
  ]);

const open = (weight_map: unknown, files = sources()) =>
  openSafetensors({ config: tinyConfig, sources: files, index: { metadata: {}, weight_map } });

test('reads across shards, with and without the index', async () => {
  const name = 'folder';
  for (const checkpoint of [
    await open(weightMap()),
    await openSafetensors({ config: tinyConfig, sources: sources(), name }),
  ]) {
    for (const [tensor, values] of tinyValues) expect(await checkpoint.read(tensor)).toEqual(values);
    expect(checkpoint.tensors.get('lm_head.weight')?.source).toBe(second);
  }
});

test.each([
  '../model.safetensors',
  'a/b.safetensors',
  'a\\b.safetensors',
  '/etc/passwd',
  'C:model',
  '..',
  '',
  7,
])('a shard name that leaves the folder is refused: %s', async (file) => {
  const error = await caught(open({ ...weightMap(), 'lm_head.weight': file }));
  expect(error).toMatchObject({ code: 'invalid-file', details: { tensor: 'lm_head.weight' } });
});

test('an index without weight_map', async () => {
  for (const index of [null, [], 'x', {}, { weight_map: [] }]) {
    const files = { config: tinyConfig, sources: sources(), index };
    expect((await caught(openSafetensors(files))).code).toBe('invalid-file');
  }
});

test('sources that are not those of the index', async () => {
  expect((await caught(open(weightMap(), sources().slice(1)))).code).toBe('invalid-parameter');
  const further = [...sources(), bytesSource(writeSafetensors([]), 'other.safetensors')];
  expect((await caught(open(weightMap(), further))).code).toBe('invalid-parameter');
  expect((await caught(openSafetensors({ config: tinyConfig, sources: [] }))).code).toBe('invalid-parameter');
});

test('a tensor in another shard than the index says, or in two', async () => {
  const moved = { ...weightMap(), 'lm_head.weight': first };
  expect(await caught(open(moved))).toMatchObject({
    code: 'invalid-file',
    details: { path: first, tensor: 'lm_head.weight' },
  });
  const twice = [sources()[0]!, bytesSource(writeSafetensors(tinyTensors()), second)];
  expect((await caught(open(weightMap(), twice))).code).toBe('invalid-file');
});
