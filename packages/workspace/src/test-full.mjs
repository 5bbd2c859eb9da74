import { exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';
import { vitestRun } from './vitest-run.mjs';

// `npm run test:full`: the long suites: built packages, what npm would publish, every consumer, fuzzing.
await ensureInstalled();
const steps = [
  ['build', () => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])],
  ['unused code', () => pnpm(['exec', 'knip'])],
  ['long tests', () => vitestRun(['--config', 'vitest.full.config.ts'])],
];
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  const code = await step();
  if (code !== 0) {
    console.error(`\n${name}: failed`);
    exit(code);
  }
}
