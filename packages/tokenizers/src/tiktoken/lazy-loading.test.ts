import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

const loadedTables = () =>
  Object.keys(createRequire(import.meta.url).cache)
    .filter((path) => /tiktoken[\\/]encoders/.test(path))
    .map((path) => path.replace(/.*[\\/]/, ''));

test('importing the package loads no rank table; making a tokenizer loads its own only', async () => {
  const { tiktokenTokenizer } = await import('../index');
  expect(loadedTables()).toEqual([]);
  await tiktokenTokenizer('gpt-3.5-turbo');
  expect(loadedTables()).toEqual(['cl100k_base.cjs']);
});
