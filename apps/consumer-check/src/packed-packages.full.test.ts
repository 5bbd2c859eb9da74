import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newProject, npm, packPackages } from './pack-packages';
import { readmeExample } from './readme-example';
import { publishedPackages } from './workspace-packages';

const execute = promisify(execFile);
const packages = publishedPackages();
describe('what npm would publish', () => {
  let folder: string;
  let tarballs: Map<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-consumer-'));
    tarballs = await packPackages(folder);
    await newProject(folder, [...tarballs.values(), 'onnxruntime-node@1.30.0']);
  });
  async function tarballOf(name: string): Promise<ArrayBuffer> {
    const bytes = await readFile(tarballs.get(name)!);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  }
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(packages.map((entry) => [entry.name, entry] as const))(
    '%s is packed as its manifest says',
    async (_, entry) => {
      const { messages } = await publint({ pack: { tarball: await tarballOf(entry.name) }, level: 'error' });
      expect(messages).toEqual([]);
    },
  );

  test.each(packages.map((entry) => [entry.name, entry] as const))(
    '%s’s types name only what it depends on',
    async (name) => {
      const home = join(folder, 'node_modules', name);
      const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
      const known = new Set([
        name,
        ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
      ]);
      const files = (await readdir(join(home, 'dist'), { recursive: true })).filter((file) =>
        /\.(d\.ts|js)$/.test(file),
      );
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const text = await readFile(join(home, 'dist', file), 'utf8');
        for (const [, target] of text.matchAll(/^(?:import|export)[^'"\n]* from ['"](@nexttoken\/[\w-]+)/gm))
          expect(known, `${file} uses ${target}`).toContain(target);
      }
    },
  );

  test.each(packages.flatMap((entry) => entry.entries))('%s imports in an empty project', async (entry) => {
    const code = `const all = await import(${JSON.stringify(entry)}); console.log(Object.keys(all).length);`;
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: folder,
    });
    expect(Number(stdout)).toBeGreaterThanOrEqual(0);
  });

  test('the composing example of the README runs as printed', async () => {
    await writeFile(join(folder, 'example.mjs'), readmeExample('Compose'));
    const { stdout } = await execute(process.execPath, ['example.mjs'], { cwd: folder });
    expect(stdout).toContain('Paris');
  });

  test('the first example of the README runs as printed', async () => {
    await writeFile(join(folder, 'first.mjs'), readmeExample('In your own code'));
    const { stdout } = await execute(process.execPath, ['first.mjs'], { cwd: folder });
    expect(stdout.length).toBeGreaterThan(20);
  });

  test('the command of the package nexttoken answers', async () => {
    const { stdout } = await npm(
      ['exec', '--', 'nexttoken', 'next', '--prompt', 'The capital of France is', '--json'],
      folder,
    );
    expect(JSON.parse(stdout).candidates[0].token).toContain('Paris');
  });
});
