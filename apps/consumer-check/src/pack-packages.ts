import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishedPackages } from './workspace-packages';

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

/** Packs every published package into a folder. @returns tarballs by package name */
export async function packPackages(folder: string): Promise<Map<string, string>> {
  const tarballs = new Map<string, string>();
  for (const { name, folder: source } of publishedPackages()) {
    const { stdout } = await npm(
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      source,
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    tarballs.set(name, join(folder, filename));
  }
  return tarballs;
}

/** Makes a folder an empty project with some packages in it. */
export async function newProject(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  await npm(['install', '--no-save', ...packages], folder);
}
