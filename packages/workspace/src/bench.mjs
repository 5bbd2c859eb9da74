import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';
import { sourceRun } from './source-run.mjs';
import { root } from './spawn.mjs';

// `node bench.mjs [--built] FILE ARGUMENTS`: a benchmark from source. `--built`: the processes that it measures take the
// packages as they are published (a loader of TypeScript names every function anew each time it is made), so these are built first.
const isBuilt = argv[2] === '--built';
const [file, ...args] = argv.slice(isBuilt ? 3 : 2);
await ensureInstalled();
if (isBuilt) {
  const [folder, name] = file.split('/');
  const code = await pnpm([
    ...['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'],
    `--filter=./${folder}/${name}`,
  ]);
  if (code !== 0) exit(code);
}
exit(await sourceRun(join(root, file), args));
