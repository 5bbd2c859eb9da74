import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishedPackages, root } from './workspace-packages';

const execute = promisify(execFile);
const environment = {
  ...process.env,
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};

/** npm without a shell, on every platform: its own script run by this Node, when npm started us. */
export function npm(args: readonly string[], folder: string) {
  const script = process.env.npm_execpath;
  const options = { cwd: folder, env: environment, maxBuffer: 2 ** 26 };
  return script && /npm-cli\.c?js$/.test(script)
    ? execute(process.execPath, [script, ...args], options)
    : execute('npm', [...args], { ...options, shell: process.platform === 'win32' });
}

/** Packs every published package into a folder, as pnpm would publish it. @returns tarballs by package name */
export async function packPackages(folder: string): Promise<Map<string, string>> {
  const packages = publishedPackages();
  const filters = packages.flatMap(({ name }) => ['--filter', name]);
  await execute(
    process.execPath,
    [
      join(root, 'packages/workspace/src/pnpm.mjs'),
      ...filters,
      'pack',
      '--ignore-scripts',
      '--pack-destination',
      folder,
    ],
    { env: environment, maxBuffer: 2 ** 26 },
  );
  return new Map(
    packages.map(({ name, version }) => [
      name,
      join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
    ]),
  );
}

/** Makes a folder an empty project with some packages in it. */
export async function newProject(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  await npm(['install', '--no-save', ...packages], folder);
}
