import { exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';

// `npm run release`: publishes what the registry does not have yet. `npm run release:version` comes before it.
await ensureInstalled();
const build = await pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only']);
exit(build || (await pnpm(['exec', 'changeset', 'publish'])));
