import { expect, test } from 'vitest';
import { droppedModel } from './dropped-files';

const file = (name: string, webkitRelativePath = '') => ({ name, webkitRelativePath }) as File;

test('a GGUF file is named by itself, a folder by its name; what does not belong is left out', () => {
  expect(droppedModel([file('story.gguf')])?.name).toBe('story.gguf');
  const folder = ['config.json', 'model.safetensors', 'photo.png'].map((name) => file(name, `gpt/${name}`));
  const model = droppedModel(folder)!;
  expect(model.name).toBe('gpt');
  expect(model.files.map(({ name }) => name)).toEqual(['config.json', 'model.safetensors']);
});

test('files without weights are no model', () => {
  expect(droppedModel([file('config.json')])).toBeUndefined();
  expect(droppedModel([])).toBeUndefined();
});
