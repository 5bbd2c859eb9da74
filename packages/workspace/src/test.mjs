import { argv, exit } from 'node:process';
import { checkArchitecture } from './architecture.mjs';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';
import { typecheck } from './typecheck.mjs';
import { vitestRun } from './vitest-run.mjs';

// `npm test`: everything that fits in ten minutes on two cores. Arguments go to vitest (`npm test -- sampling`).
await ensureInstalled();
const steps = [
  ['format and lint', () => pnpm(['exec', 'biome', 'check', '.'])],
  ['architecture', checkArchitecture],
  ['types', typecheck],
  ['tests', () => vitestRun()],
];
const chosen = argv.length > 2 ? [['tests', () => vitestRun(argv.slice(2))]] : steps;
for (const [name, step] of chosen) {
  console.log(`\n== ${name}`);
  const code = await step();
  if (code !== 0) {
    console.error(`\n${name}: failed`);
    exit(code);
  }
}
