import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { hasShared } from '@nexttoken/goldens';
import { describe, expect, test, vi } from 'vitest';

const home = fileURLToPath(new URL('.', import.meta.url));
const outputs = join(home, '../outputs');
const notebooks = [
  'smollm2-next-token',
  'how-llms-choose-next-token',
  'llm-playground',
  'decoding-strategies',
  'language-models-ngram',
];
const recipes = notebooks.flatMap((notebook) =>
  readdirSync(join(home, notebook)).map((file) => ({ notebook, name: basename(file, '.ts') })),
);

/** Runs a recipe in this process. @returns what it printed */
async function run(file: string): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...parts) => void lines.push(format(...parts)));
  try {
    await import(file);
  } finally {
    log.mockRestore();
  }
  return `${lines.join('\n')}\n`;
}

describe('every recipe prints what is stored of it', () => {
  test.each(recipes)('$notebook/$name', async ({ notebook, name }) => {
    const source = join(home, notebook, `${name}.ts`);
    if (readFileSync(source, 'utf8').includes('sharedPath') && !hasShared)
      return console.info(`skipped: ${notebook}/${name} needs the shared data`);
    const stored = join(outputs, notebook, `${name}.txt`);
    const printed = await run(source);
    if (process.env.STORE_OUTPUTS) writeFileSync(stored, printed);
    expect(printed).toBe(readFileSync(stored, 'utf8'));
  });
});

test('every recipe stands in the README, which names no other', () => {
  const readme = readFileSync(join(home, '../README.md'), 'utf8');
  const named = [...readme.matchAll(/\]\(src\/([\w-]+\/[\w-]+)\.ts\)/g)].map(([, path]) => path!);
  expect([...new Set(named)].toSorted()).toEqual(
    recipes.map(({ notebook, name }) => `${notebook}/${name}`).toSorted(),
  );
  for (const path of named) expect(existsSync(join(outputs, `${path}.txt`))).toBe(true);
});

test('a recipe is about 20 lines', () => {
  for (const { notebook, name } of recipes) {
    const lines = readFileSync(join(home, notebook, `${name}.ts`), 'utf8').split('\n').length;
    expect(lines, `${notebook}/${name}`).toBeLessThanOrEqual(32);
  }
});
