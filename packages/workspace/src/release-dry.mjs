import { exit } from 'node:process';
import { ensureInstalled } from './install.mjs';
import { pnpm } from './pnpm.mjs';
import { vitestRun } from './vitest-run.mjs';

// `npm run release:dry`: what a release would do, without telling anybody: builds, packs every package as it would be
// published, installs the tarballs in an empty project, checks and uses them there.
await ensureInstalled();
const steps = [
  ['what would be released', () => pnpm(['exec', 'changeset', 'status', '--verbose'])],
  ['build', () => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])],
  ['pack, install, use', () => vitestRun(['--config', 'vitest.full.config.ts', 'apps/consumer-check'])],
];
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  const code = await step();
  if (code !== 0) {
    console.error(`\n${name}: failed`);
    exit(code);
  }
}
