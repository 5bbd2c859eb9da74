import { exit } from 'node:process';
import { demo } from './demo.mjs';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';

// `npm start`: install, the walk in the terminal, then the playground until Ctrl-C.
await ensureInstalled();
const walked = await demo();
if (walked !== 0) exit(walked);
const built = await pnpm(['--filter', 'playground', 'exec', 'vite', 'build', '--logLevel', 'warn']);
if (built !== 0) exit(built);
console.log('\nThe playground (Ctrl-C ends it):');
const served = await pnpm(['--filter', 'playground', 'exec', 'vite', 'preview', '--host', '127.0.0.1']);
exit(served === 130 ? 0 : served);
