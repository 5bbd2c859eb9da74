import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { sourceRun } from './source-run.mjs';
import { root } from './spawn.mjs';

// `node bench.mjs FILE ARGUMENTS`: a benchmark from source.
await ensureInstalled();
const [file, ...args] = argv.slice(2);
exit(await sourceRun(join(root, file), args));
