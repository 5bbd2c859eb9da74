import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { sourceRun } from './source-run.mjs';
import { root } from './spawn.mjs';

/** The walk in the terminal: text, tokens, logits, a chosen token, streamed text. */
export function demo(args = []) {
  return sourceRun(join(root, 'apps', 'cli', 'src', 'main.ts'), ['demo', ...args]);
}

if (argv[1]?.endsWith('demo.mjs')) {
  await ensureInstalled();
  exit(await demo(argv.slice(2)));
}
