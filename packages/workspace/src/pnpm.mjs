import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { root, spawnAndWait } from './spawn.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Calls the pnpm that package.json pins, fetched by npm itself: nobody has to install pnpm.
 * `npm_execpath` is npm's own script when npm started us; else npm is found on the PATH.
 */
export function pnpm(args, options = {}) {
  const settings = {
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', npm_config_update_notifier: 'false' },
    ...options,
  };
  const call = ['exec', '--yes', `--package=${packageManager}`, '--', 'pnpm', ...args];
  const npm = env.npm_execpath;
  if (npm && /npm-cli\.c?js$/.test(npm)) return spawnAndWait(execPath, [npm, ...call], settings);
  return spawnAndWait('npm', call, { shell: process.platform === 'win32', ...settings });
}

if (argv[1] === fileURLToPath(import.meta.url)) exit(await pnpm(argv.slice(2)));
