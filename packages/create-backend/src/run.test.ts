import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from './run';
import { guideBlocks } from './testing/guide-blocks';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-create-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command. @returns exit code and what it wrote */
async function create(argv: readonly string[], answer?: string) {
  const [written, complaints, questions] = [[], [], []] as [string[], string[], string[]];
  const code = await run(argv, {
    write: (text) => written.push(text),
    complain: (text) => complaints.push(text),
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            questions.push(question);
            return answer;
          },
    folder,
  });
  return { code, written: written.join('\n'), complaints: complaints.join('\n'), questions };
}

describe('makes a package', () => {
  test('with every file, the name put in, and the next steps', async () => {
    const { code, written } = await create(['gpu-thing']);
    expect(code).toBe(0);
    expect(written).toContain('cd gpu-thing\n  npm install\n  npm test');
    const made = await readdir(join(folder, 'gpu-thing'), { recursive: true });
    expect(made).toEqual(
      expect.arrayContaining([
        '.gitignore',
        'README.md',
        'package.json',
        'tsconfig.json',
        'tsconfig.build.json',
        join('src', 'model.test.ts'),
        join('src', 'testing', 'child.ts'),
      ]),
    );
    expect(made).not.toContain('gitignore');
    expect(JSON.parse(await readFile(join(folder, 'gpu-thing/package.json'), 'utf8')).name).toBe('gpu-thing');
    expect(await readFile(join(folder, 'gpu-thing/README.md'), 'utf8')).toMatch(/^# gpu-thing\n/);
  });

  test('with a scope: the folder is the last part', async () => {
    expect((await create(['@me/thing'])).code).toBe(0);
    const manifest = JSON.parse(await readFile(join(folder, 'thing/package.json'), 'utf8'));
    expect(manifest.name).toBe('@me/thing');
  });

  test('in a folder that is there and empty', async () => {
    await mkdir(join(folder, 'empty'));
    expect((await create(['empty'])).code).toBe(0);
  });

  test('asks for the name where somebody can answer', async () => {
    const { code, questions } = await create([], '  asked-for ');
    expect([code, questions.length]).toEqual([0, 1]);
    expect(await readdir(folder)).toEqual(['asked-for']);
  });
});

describe('changes nothing, and says why', () => {
  test.each([
    [[], 'a name is missing'],
    [['a', 'b'], 'one name is expected, got 2: a b'],
    [['--force', 'a'], 'unknown option --force'],
    [['Big'], 'must be lower case'],
    [['../up'], 'cannot be a package'],
    [['a b'], 'cannot be a package'],
    [['.hidden'], 'cannot be a package'],
    [['@scope'], 'cannot be a package'],
    [['@scope/'], 'cannot be a package'],
    [['a/b/c'], 'cannot be a package'],
    [['node_modules'], 'npm reserves it'],
    [['x'.repeat(215)], 'longer than 214'],
  ])('%j', async (argv, message) => {
    const { code, complaints, written } = await create(argv);
    expect([code, written]).toEqual([1, '']);
    expect(complaints).toContain(message);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder with something in it', async () => {
    await mkdir(join(folder, 'taken'));
    await writeFile(join(folder, 'taken/notes.txt'), 'mine');
    const { code, complaints } = await create(['taken']);
    expect(code).toBe(1);
    expect(complaints).toContain('is there already and not empty; nothing was changed');
    expect(await readdir(join(folder, 'taken'))).toEqual(['notes.txt']);
  });

  test('a file of that name', async () => {
    await writeFile(join(folder, 'taken'), 'mine');
    const { code, complaints } = await create(['taken']);
    expect(code).toBe(1);
    expect(complaints).toContain('cannot be used');
    expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('mine');
  });
});

test('--help explains and does nothing', async () => {
  const { code, written } = await create(['--help', 'name']);
  expect(code).toBe(0);
  expect(written).toContain('npm create @nexttoken/backend NAME');
  expect(await readdir(folder)).toEqual([]);
});

test('a new package asks for versions that there are', async () => {
  expect((await create(['thing'])).code).toBe(0);
  const read = async (path: string | URL) => JSON.parse(await readFile(path, 'utf8'));
  const own = await read(new URL('../package.json', import.meta.url));
  const made = await read(join(folder, 'thing/package.json'));
  // One fixed group of versions: spec, kit, adapters, and this.
  expect(made.dependencies['@nexttoken/model']).toBe(`^${own.version}`);
  expect(made.devDependencies['@nexttoken/backend-testkit']).toBe(`^${own.version}`);
  for (const name of ['typescript', 'tsx', 'vitest', '@types/node'])
    expect(made.devDependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
});

test('what the guide shows of the template is in it', async () => {
  const parts = guideBlocks().filter(({ whole }) => !whole);
  expect(parts.length).toBeGreaterThan(2);
  for (const { file, code } of parts) {
    const path = file === 'mistake' ? 'src/session.ts' : file;
    const text = await readFile(new URL(`../template/${path}`, import.meta.url), 'utf8');
    const shown = file === 'mistake' ? code.split('\n')[0]!.slice(2) : code;
    expect(text).toContain(shown);
  }
});
