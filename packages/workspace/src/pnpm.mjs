import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { npmCall } from './npm.mjs';
import { root, spawnAndWait } from './spawn.mjs';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Calls the pnpm that package.json pins, fetched by npm itself: nobody has to install pnpm. */
export function pnpm(args, options = {}) {
  const call = npmCall(['exec', '--yes', `--package=${packageManager}`, '--', 'pnpm', ...args]);
  return spawnAndWait(call.command, call.args, {
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', npm_config_update_notifier: 'false' },
    shell: call.shell,
    ...options,
  });
}

if (argv[1] === fileURLToPath(import.meta.url)) exit(await pnpm(argv.slice(2)));
