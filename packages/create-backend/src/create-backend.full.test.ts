import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packPackages } from '@nexttoken/workspace/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guideBlocks } from './testing/guide-blocks';

const execute = promisify(execFile);

/** Runs a program; its output is in the error where it fails. */
const start = (command: string, args: readonly string[], cwd: string) =>
  execute(command, [...args], {
    cwd,
    maxBuffer: 2 ** 26,
    env: { ...process.env, npm_config_audit: 'false', NO_COLOR: '1' },
  });

describe('from its tarball, outside the repository', () => {
  let folder: string;
  let tarballs: Map<string, string>;
  const project = () => join(folder, 'my-backend');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-create-'));
    tarballs = await packPackages();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('create, install, test, typecheck, build: the kit is green', async () => {
    const packed = (name: string) => tarballs.get(`@nexttoken/${name}`)!;
    const own = packed('create-backend');
    const create = ['exec', '--yes', `--package=${own}`, '--', 'create-backend', 'my-backend'];
    const { stdout } = await start('npm', create, folder);
    expect(stdout).toContain('npm test');
    // Nothing is published yet: the same names, from files.
    const others = ['model', 'numeric', 'backend-testkit'].map(packed);
    await start('npm', ['install', '--no-fund', ...others], project());
    const run = await start('npm', ['test'], project());
    expect(run.stdout).toMatch(/Tests +\d{2,} passed/);
    expect(run.stdout).not.toContain('failed');
    expect(run.stdout).toContain('skipped: my backend > attention');
    console.info(/Tests .*/.exec(run.stdout)?.[0]);
    await start('npm', ['run', 'typecheck'], project());
    await start('npm', ['run', 'build'], project());
    const code =
      "const { createModel } = await import('my-backend'); console.log((await createModel()).vocabSize)";
    const { stdout: size } = await start(
      process.execPath,
      ['--input-type=module', '--eval', code],
      project(),
    );
    expect(Number(size)).toBeGreaterThan(10);
  });

  test('the engine of the guide takes the toy’s place, and the kit is green', async () => {
    const engine = guideBlocks().find(({ file, whole }) => file === 'src/engine.ts' && whole);
    await writeFile(join(project(), 'src/engine.ts'), engine!.code);
    await start('npm', ['run', 'typecheck'], project());
    const { stdout } = await start('npm', ['test'], project());
    expect(stdout).toMatch(/Tests +\d{2,} passed/);
    expect(stdout).not.toContain('failed');
  });

  test('a mistake that the guide shows fails the suites that it names', async () => {
    const mistake = guideBlocks().find(({ file }) => file === 'mistake');
    const [before, after] = mistake!.code
      .trim()
      .split('\n')
      .map((line) => line.slice(2).trim());
    const file = join(project(), 'src/session.ts');
    const text = await readFile(file, 'utf8');
    expect(text).toContain(before);
    await writeFile(file, text.replace(before!, after!));
    const failed = (await start('npm', ['test'], project()).catch((error) => error)) as { stdout: string };
    expect(failed.stdout).toContain('truncate');
    expect(failed.stdout).toMatch(/Tests +\d+ failed/);
    await writeFile(file, text);
  });
});
