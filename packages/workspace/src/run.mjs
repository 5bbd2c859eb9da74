import { argv, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';

// `node run.mjs TOOL ARGUMENTS`: installs if needed, then runs a tool of the workspace.
await ensureInstalled();
exit(await pnpm(['exec', ...argv.slice(2)]));
