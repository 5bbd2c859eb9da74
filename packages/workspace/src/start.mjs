import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execPath, exit } from 'node:process';
import { demo } from './demo.mjs';
import { ensureInstalled } from './install.mjs';
import { root, spawnAndWait } from './spawn.mjs';

const playground = join(root, 'apps', 'playground');

/** Runs the playground's own Vite, with nothing between it and the terminal's Ctrl-C. */
function vite(args) {
  const manifest = createRequire(join(playground, 'package.json')).resolve('vite/package.json');
  return spawnAndWait(execPath, [join(dirname(manifest), 'bin', 'vite.js'), ...args], { cwd: playground });
}

// `npm start`: install, the walk in the terminal, then the playground until Ctrl-C.
await ensureInstalled();
const walked = await demo();
if (walked !== 0) exit(walked);
const built = await vite(['build', '--logLevel', 'warn']);
if (built !== 0) exit(built);
console.log('The playground (Ctrl-C ends it):');
const served = await vite(['preview', '--host', '127.0.0.1']);
exit(served === 130 || served === 143 ? 0 : served);
