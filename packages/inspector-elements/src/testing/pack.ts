import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** npm without a shell, when npm started us; its answer. */
async function npm(args: readonly string[], folder: string): Promise<string> {
  const script = process.env.npm_execpath;
  const env = {
    ...process.env,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
  const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
  const { stdout } =
    script && /npm-cli\.c?js$/.test(script)
      ? await execute(process.execPath, [script, ...args], options)
      : await execute('npm', [...args], { ...options, shell: process.platform === 'win32' });
  return stdout;
}

/** A package and everything of the workspace that it needs. */
async function needed(name: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(name)) return found;
  found.add(name);
  const manifest = JSON.parse(await readFile(join(packages, name, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    if (dependency.startsWith('@nexttoken/')) await needed(dependency.slice('@nexttoken/'.length), found);
  return found;
}

/** Makes a folder a project with packed packages (and what they need) in it, and others from the registry. */
export async function installPacked(folder: string, names: readonly string[], others: readonly string[]) {
  const all = new Set<string>();
  for (const name of names) await needed(name, all);
  const tarballs: string[] = [];
  for (const name of all) {
    const answer = await npm(
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      join(packages, name),
    );
    tarballs.push(join(folder, (JSON.parse(answer) as [{ filename: string }])[0].filename));
  }
  await writeFile(join(folder, 'package.json'), '{ "name": "page", "private": true, "type": "module" }');
  await npm(['install', '--no-save', ...tarballs, ...others], folder);
}
