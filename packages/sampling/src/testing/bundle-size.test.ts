import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundleSize } from './bundle-size';

test('a minimal chain costs at most 2.5 kB, minified and gzipped', async () => {
  const { bytes, external, text } = await bundleSize(['topK', 'temperature', 'chain', 'categorical']);
  console.info(`topK, temperature, chain, categorical: ${bytes} bytes`);
  expect(external).toEqual([]);
  // A bundler keeps what a file computes when it is loaded: write literals, or mark it with /* @__PURE__ */.
  expect(text).not.toMatch(/typicalP|top_p|mirostat|chi/);
  expect(bytes).toBeLessThanOrEqual(2500);
  expect(bytes).toBeGreaterThan(500);
});

test('one processor brings no other', async () => {
  const [one, all] = await Promise.all([bundleSize(['minLength']), bundleSize(['fromData', 'toData'])]);
  console.info(`minLength: ${one.bytes} bytes; everything by name: ${all.bytes} bytes`);
  expect(one.bytes).toBeLessThan(1400);
  expect(all.bytes).toBeGreaterThan(4 * one.bytes);
});

test('nothing is needed at run time from outside the workspace', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(Object.keys(dependencies).every((name) => name.startsWith('@nexttoken/'))).toBe(true);
});
