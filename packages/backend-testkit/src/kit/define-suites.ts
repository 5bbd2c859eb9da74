import { invalidParameter } from '@nexttoken/model';
import type { TestReport, TestRunner } from './backend-test-options';

/** One promise of a contract. */
export interface TestOf<Kit, Needs> {
  readonly name: string;
  /** What the test cannot do without. */
  readonly needs?: Needs;
  readonly run: (kit: Kit) => Promise<void>;
}

/** The tests of one capability, as data. */
export interface SuiteOf<Kit, Needs> {
  readonly name: string;
  readonly tests: readonly TestOf<Kit, Needs>[];
}

interface AnyKit {
  readonly model: { dispose(): Promise<void> };
  /** Disposes what a test left open. */
  cleanUp(): Promise<void>;
}

/** What a kit is given by whoever uses it, whatever it tests. */
export interface SuiteOptions {
  readonly name: string;
  readonly runner: TestRunner;
  readonly suites?: readonly string[];
  readonly timeout?: number;
  readonly report?: (report: TestReport) => void;
}

export interface SuiteDefinition<Kit extends AnyKit, Needs> {
  /** The function that the user called, for errors. */
  readonly owner: string;
  readonly heading: string;
  readonly suites: readonly SuiteOf<Kit, Needs>[];
  readonly options: SuiteOptions;
  createKit(): Promise<Kit>;
  /** Why a test cannot run, in words; `undefined` when it can. */
  unmet(needs: Needs | undefined, kit: Kit): string | undefined;
}

/**
 * Defines tests with the given runner: one `describe` a suite, one `test` a promise; one kit for all of them.
 * @throws NextTokenError `invalid-parameter` for the name of a suite that does not exist
 */
export function defineSuites<Kit extends AnyKit, Needs>(definition: SuiteDefinition<Kit, Needs>): void {
  const { heading, options } = definition;
  const chosen = chooseSuites(definition);
  const { describe, test, beforeAll, afterAll } = options.runner;
  const timeout = options.timeout ?? 120_000;
  describe(`${heading}: ${options.name}`, () => {
    let kit: Kit | undefined;
    beforeAll(async () => {
      kit = await definition.createKit();
    }, timeout);
    afterAll(async () => {
      await kit?.model.dispose();
    }, timeout);
    for (const suite of chosen) {
      describe(suite.name, () => {
        for (const item of suite.tests) {
          const run = async (...context: unknown[]) => {
            if (!kit) throw new Error(`${options.name}: createModel did not finish`);
            await runTest({ kit, suite, item, definition, context });
          };
          test(item.name, run, timeout);
        }
      });
    }
  });
}

async function runTest<Kit extends AnyKit, Needs>(job: {
  kit: Kit;
  suite: SuiteOf<Kit, Needs>;
  item: TestOf<Kit, Needs>;
  definition: SuiteDefinition<Kit, Needs>;
  context: readonly unknown[];
}): Promise<void> {
  const { kit, suite, item, definition } = job;
  const { options } = definition;
  const start = performance.now();
  const report = (status: TestReport['status'], reason?: string) =>
    options.report?.({
      suite: suite.name,
      test: item.name,
      status,
      ...(reason === undefined ? {} : { reason }),
      milliseconds: performance.now() - start,
    });
  const reason = definition.unmet(item.needs, kit);
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

function chooseSuites<Kit extends AnyKit, Needs>({
  owner,
  suites,
  options,
}: SuiteDefinition<Kit, Needs>): readonly SuiteOf<Kit, Needs>[] {
  const names = suites.map(({ name }) => name);
  const unknown = options.suites?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalidParameter(owner, 'suites', unknown, `among ${names.join(', ')}`);
  return suites.filter(({ name }) => options.suites?.includes(name) ?? true);
}
