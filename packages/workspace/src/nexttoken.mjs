import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { sourceRun } from './source-run.mjs';
import { root } from './spawn.mjs';

// The command line from source, in the caller's own folder: relative paths mean what the user sees.
await ensureInstalled();
const main = join(root, 'apps', 'cli', 'src', 'main.ts');
exit(
  await sourceRun(main, argv.slice(2), {
    cwd: env.INIT_CWD ?? process.cwd(),
    env: { ...env, NODE_PATH: '' },
  }),
);
