import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { caught } from '../testing/caught';
import { tinyConfig, tinyGguf, tinySafetensors, tinyTensors, tinyValues } from '../testing/tiny-llama';
import { writeSafetensors } from '../testing/write-safetensors';
import { openCheckpointPath } from './open-checkpoint-path';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const config = () => write('config.json', JSON.stringify(tinyConfig));

async function expectTiny(path: string, format: string): Promise<void> {
  const checkpoint = await openCheckpointPath(path);
  expect(checkpoint).toMatchObject({ format, name: path });
  for (const [name, values] of tinyValues) expect(await checkpoint.read(name)).toEqual(values);
  await checkpoint.close();
}

test('a folder with one safetensors file, and the file itself', async () => {
  await config();
  await write('model.safetensors', tinySafetensors());
  await write('other.gguf', tinyGguf());
  await expectTiny(folder, 'safetensors');
  await copyFile(join(folder, 'model.safetensors'), join(folder, 'renamed.safetensors'));
  await expectTiny(join(folder, 'renamed.safetensors'), 'safetensors');
});

test('a folder with shards', async () => {
  await config();
  await write('a.safetensors', writeSafetensors(tinyTensors().slice(0, 4)));
  await write('b.safetensors', writeSafetensors(tinyTensors().slice(4)));
  const places = tinyTensors().map(({ name }, i) => [name, i < 4 ? 'a.safetensors' : 'b.safetensors']);
  const index = { weight_map: Object.fromEntries(places) };
  await write('model.safetensors.index.json', JSON.stringify(index));
  await expectTiny(folder, 'safetensors');
  await rm(join(folder, 'b.safetensors'));
  expect(await caught(openCheckpointPath(folder))).toMatchObject({
    code: 'file-not-found',
    details: { path: join(folder, 'b.safetensors') },
  });
  index.weight_map['lm_head.weight'] = '../b.safetensors';
  await write('model.safetensors.index.json', JSON.stringify(index));
  expect((await caught(openCheckpointPath(folder))).code).toBe('invalid-file');
});

test('a GGUF file, a folder with one, a folder with several', async () => {
  await write('a.gguf', tinyGguf());
  await expectTiny(join(folder, 'a.gguf'), 'gguf');
  const checkpoint = await openCheckpointPath(folder);
  expect(checkpoint.name).toBe(join(folder, 'a.gguf'));
  await checkpoint.close();
  await write('b.gguf', tinyGguf());
  const error = await caught(openCheckpointPath(folder));
  expect(error.code).toBe('invalid-parameter');
  expect(error.message).toContain('a.gguf, b.gguf');
});

test('what is missing or something else is named', async () => {
  const path = (name: string) => join(folder, name);
  const failure = async (name: string) => {
    const { code, details } = await caught(openCheckpointPath(path(name)));
    return [code, details.path];
  };
  expect(await failure('none')).toEqual(['file-not-found', path('none')]);
  await mkdir(path('empty'));
  expect(await failure('empty')).toEqual(['file-not-found', path('empty')]);
  await write('model.safetensors', tinySafetensors());
  expect(await failure('')).toEqual(['file-not-found', path('config.json')]);
  await write('config.json', '{');
  expect(await failure('model.safetensors')).toEqual(['invalid-file', path('config.json')]);
  await config();
  await write('model.gguf', tinySafetensors());
  expect(await failure('model.gguf')).toEqual(['invalid-file', path('model.gguf')]);
  await write('model.bin', tinyGguf());
  expect((await failure('model.bin'))[0]).toBe('invalid-parameter');
});
