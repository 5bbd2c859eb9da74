import { invalidParameter } from '@nexttoken/model';
import { suites } from '../suites/suites';
import type { BackendTestOptions, TestReport } from './backend-test-options';
import { createKit, type Kit } from './kit';
import type { Suite, SuiteTest } from './suite';
import { unmetNeed } from './unmet-need';

/** The names that the option `suites` takes, in the order in which they run. */
export const suiteNames: readonly string[] = suites.map((suite) => suite.name);

/**
 * Defines the conformance tests of one backend with the given test runner: one `describe` a suite, one
 * `test` a promise of the contract. Tests of a capability that the model declares absent are skipped and
 * print why.
 *
 * The yardstick is the backend itself (a fresh session that reads the same text in one call), plus
 * `reference`, the answers of somebody else, where they are given.
 *
 * Cost: texts of up to 257 positions and one of the whole context if that is at most 1,024; about 1,400
 * calls of `forward` with 25,000 positions, and four models.
 * @throws NextTokenError `invalid-parameter` for an illegal option
 */
export function testBackend(options: BackendTestOptions): void {
  const chosen = chooseSuites(options);
  checkOptions(options);
  const { describe, test, beforeAll, afterAll } = options.runner;
  const timeout = options.timeout ?? 120_000;

  describe(`backend conformance: ${options.name}`, () => {
    let kit: Kit | undefined;
    beforeAll(async () => {
      kit = createKit(await options.createModel(), options);
    }, timeout);
    afterAll(async () => {
      await kit?.model.dispose();
    }, timeout);
    for (const suite of chosen) {
      describe(suite.name, () => {
        for (const item of suite.tests) {
          const run = async (...context: unknown[]) => {
            if (!kit) throw new Error(`${options.name}: createModel did not finish`);
            await runTest({ kit, suite, item, options, context });
          };
          test(item.name, run, timeout);
        }
      });
    }
  });
}

async function runTest(job: {
  kit: Kit;
  suite: Suite;
  item: SuiteTest;
  options: BackendTestOptions;
  context: readonly unknown[];
}): Promise<void> {
  const { kit, suite, item, options } = job;
  const start = performance.now();
  const report = (status: TestReport['status'], reason?: string) =>
    options.report?.({
      suite: suite.name,
      test: item.name,
      status,
      ...(reason === undefined ? {} : { reason }),
      milliseconds: performance.now() - start,
    });

  const reason = unmetNeed(item.needs ?? {}, kit);
  if (reason !== undefined) {
    console.info(`skipped: ${options.name} > ${suite.name} > ${item.name}: ${reason}`);
    report('skipped', reason);
    const context = job.context[0] as { skip?: unknown } | undefined;
    if (typeof context?.skip === 'function') context.skip(reason);
    return;
  }
  try {
    try {
      await item.run(kit);
    } finally {
      await kit.cleanUp();
    }
  } catch (error) {
    report('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
  report('passed');
}

function chooseSuites({ suites: names }: BackendTestOptions): readonly Suite[] {
  const unknown = names?.find((name) => !suiteNames.includes(name));
  if (unknown !== undefined) {
    throw invalidParameter('testBackend', 'suites', unknown, `among ${suiteNames.join(', ')}`);
  }
  return suites.filter((suite) => names?.includes(suite.name) ?? true);
}

function checkOptions({ prompt, tolerance }: BackendTestOptions): void {
  if (prompt && new Set(Array.from(prompt)).size < 2) {
    throw invalidParameter('testBackend', 'prompt', Array.from(prompt), 'at least two different ids');
  }
  if (tolerance && !(tolerance.absolute >= 0)) {
    throw invalidParameter('testBackend', 'tolerance.absolute', tolerance.absolute, 'a number >= 0');
  }
}
