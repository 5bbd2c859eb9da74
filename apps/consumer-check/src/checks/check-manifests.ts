import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publishedPackages } from '@nexttoken/workspace/testing';
import { publint } from 'publint';
import { describe, expect, test } from 'vitest';
import type { Project } from './project';

const packages = publishedPackages().map((entry) => [entry.name, entry] as const);

/** What a manifest must say before a package may be published. */
export function checkManifests(project: () => Project): void {
  const read = async (name: string, file: string) =>
    readFile(join(project().folder, 'node_modules', name, file), 'utf8');

  describe.each(packages)('%s', (name, entry) => {
    test('publint, strict, has nothing to say', async () => {
      const tarball = await project().tarball(name);
      const { messages } = await publint({ pack: { tarball }, level: 'suggestion', strict: true });
      // A template's manifest belongs to the package that is made of it.
      const own = messages.filter(({ args }) => !JSON.stringify(args ?? {}).includes('./template/'));
      expect(own).toEqual([]);
    });

    test('its types resolve as its code does (modules only)', async () => {
      if (entry.entries.length === 0) return; // a command alone
      const data = createPackageFromTarballData(new Uint8Array(await project().tarball(name)));
      const result = await checkPackage(data);
      const problems = 'problems' in result ? result.problems : [{ kind: 'NoTypes' }];
      // CommonJS and the resolution of Node 10 are not served: packages are modules, and say so.
      const found = problems.filter(
        (problem) =>
          !['CJSResolvesToESM'].includes(problem.kind) &&
          !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(String(problem.resolutionKind))),
      );
      expect(found).toEqual([]);
    });

    test('the manifest has what a registry shows', async () => {
      const manifest = JSON.parse(await read(name, 'package.json'));
      expect(manifest).toMatchObject({
        description: expect.stringMatching(/.{20}/),
        keywords: expect.arrayContaining(['llm']),
        license: 'MIT',
        type: 'module',
        engines: { node: '>=20.19' },
        files: expect.arrayContaining(['dist']),
        repository: { type: 'git', directory: expect.stringMatching(/^(packages|apps)\//) },
        publishConfig: { access: 'public', provenance: true },
      });
      expect(manifest.devDependencies ?? manifest.scripts).toBeUndefined();
      if (!manifest.bin) expect(manifest.sideEffects).toBeDefined();
      expect(JSON.stringify(manifest)).not.toMatch(/@nexttoken\/source|workspace:|catalog:/);
      expect((await read(name, 'README.md')).length).toBeGreaterThan(200);
      expect(await read(name, 'LICENSE')).toContain('MIT');
      // Made by `npm run release:version`, the first time for 0.1.0.
      if (manifest.version !== '0.0.0')
        expect(await read(name, 'CHANGELOG.md')).toContain(`\n## ${manifest.version}\n`);
      for (const file of manifest.files.filter((file: string) => !/^(dist|CHANGELOG\.md)$/.test(file)))
        expect(await readdir(join(project().folder, 'node_modules', name))).toContain(file);
    });

    test('its files name only what it depends on', async () => {
      const manifest = JSON.parse(await read(name, 'package.json'));
      const known = new Set([
        name,
        ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
      ]);
      const home = join(project().folder, 'node_modules', name, 'dist');
      const files = (await readdir(home, { recursive: true })).filter((file) => /\.(d\.ts|js)$/.test(file));
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const text = await readFile(join(home, file), 'utf8');
        for (const [, target] of text.matchAll(/^(?:import|export)[^'"\n]* from ['"](@nexttoken\/[\w-]+)/gm))
          expect(known, `${file} uses ${target}`).toContain(target);
      }
    });
  });
}
