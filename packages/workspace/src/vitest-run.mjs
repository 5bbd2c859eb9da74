import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { root, spawnAndWait } from './spawn.mjs';

/**
 * Runs vitest and ends with one plain line of counts, for people and for scripts.
 * @param args further arguments of vitest
 * @param node the Node that runs it and whatever the tests start; this one without
 * @returns vitest's exit code
 */
export async function vitestRun(args = [], node = execPath) {
  // Not before: on a fresh machine it has only just been installed.
  const manifest = createRequire(join(root, 'package.json')).resolve('vitest/package.json');
  const folder = mkdtempSync(join(tmpdir(), 'nexttoken-test-'));
  const output = join(folder, 'result.json');
  const vitest = [join(dirname(manifest), 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  // `npm` and the tools it starts take the first Node on the PATH.
  const paths = node === execPath ? env.PATH : [dirname(node), env.PATH].join(delimiter);
  try {
    const code = await spawnAndWait(node, [...vitest, `--outputFile=${output}`, ...args], {
      env: { ...env, PATH: paths },
    });
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(output, 'utf8'));
    console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
