import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { root, spawnAndWait } from './spawn.mjs';

// One program for all packages reads each source once: an eighth of the work of one program for each package.
// The playground has a program of its own: Vite's types are for it alone.
const programs = { all: 'packages/workspace/tsconfig.all.json', playground: 'apps/playground/tsconfig.json' };

/** Checks the types of the whole repository; a second time only what changed. @returns 0 when all hold */
export async function typecheck() {
  const tsc = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const codes = await Promise.all(
    Object.entries(programs).map(([name, project]) => {
      const kept = join(root, 'node_modules', '.cache', 'types', `${name}.tsbuildinfo`);
      return spawnAndWait(execPath, [tsc, '-p', project, '--incremental', '--tsBuildInfoFile', kept]);
    }),
  );
  return Math.max(...codes);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled();
  exit(await typecheck());
}
