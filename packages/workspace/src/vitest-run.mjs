import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm } from './pnpm.mjs';

/** Runs vitest and ends with one plain line of counts, for people and for scripts. */
export async function vitestRun(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'nexttoken-test-'));
  const output = join(folder, 'result.json');
  try {
    const code = await pnpm([
      'exec',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${output}`,
      ...args,
    ]);
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(output, 'utf8'));
    console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
