import { argv, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { npm } from './npm.mjs';
import { spawnAndWait } from './spawn.mjs';
import { vitestRun } from './vitest-run.mjs';

// `npm run test:node -- 24 PATHS`: the suite on another Node, which npm fetches as the package `node`, into its own cache.
// `--full` runs the long suites instead (build before: `npm run build`).
const [version, ...rest] = argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(version ?? '')) {
  console.error('which Node? e.g. npm run test:node -- 24, or npm run test:node -- 24 packages/sampling');
  exit(1);
}
await ensureInstalled();
const fetched = ['exec', '--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'];
const node = (await npm(fetched)).trim();
await spawnAndWait(node, ['-p', '"Node " + process.version + " from " + process.execPath']);
const full = rest.includes('--full') ? ['--config', 'vitest.full.config.ts'] : [];
exit(await vitestRun([...full, ...rest.filter((arg) => arg !== '--full')], node));
