import { exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';

// `npm run release:version`: changesets become versions, ranges and CHANGELOGs, and the lock file follows them.
await ensureInstalled();
const code = await pnpm(['exec', 'changeset', 'version']);
exit(code || (await pnpm(['install', '--lockfile-only', '--no-frozen-lockfile'])));
