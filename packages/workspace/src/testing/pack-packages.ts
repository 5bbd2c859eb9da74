import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishedPackages, root } from './published-packages';

const pnpm = join(root, 'packages/workspace/src/pnpm.mjs');

/**
 * Packs every published package as pnpm would publish it, once in a run of the long suites. They must be built.
 * @returns tarballs by package name; the folder they lie in is removed after the run
 */
export async function packPackages(): Promise<Map<string, string>> {
  const home = process.env.NEXTTOKEN_PACKED;
  if (!home) throw new Error('packages are packed in the long suites only: vitest.full.config.ts');
  const folder = join(home, 'packed');
  const packages = publishedPackages();
  if (!existsSync(folder)) {
    const filters = packages.flatMap(({ name }) => ['--filter', name]);
    const pack = ['pack', '--ignore-scripts', '--pack-destination', join(home, 'unfinished')];
    await promisify(execFile)(process.execPath, [pnpm, ...filters, ...pack], { maxBuffer: 2 ** 26 });
    await rename(join(home, 'unfinished'), folder);
  }
  return new Map(
    packages.map(({ name, version }) => [
      name,
      join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
    ]),
  );
}
