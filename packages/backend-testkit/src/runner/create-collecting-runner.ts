import type { TestRunner } from '../kit/backend-test-options';

export interface CollectedTest {
  /** Headings from the outside to the inside, the test's name last. */
  readonly path: readonly string[];
  readonly error?: unknown;
}

export interface CollectingRunner extends TestRunner {
  /** Runs everything defined so far, one after the other; never rejects because of a failing test. */
  readonly run: () => Promise<readonly CollectedTest[]>;
}

interface Group {
  readonly path: readonly string[];
  readonly before: (() => Promise<void>)[];
  readonly after: (() => Promise<void>)[];
  readonly steps: (() => Promise<void>)[];
}

/**
 * The smallest test runner: collects what is defined, runs it when told, and returns what failed. For
 * places without a runner, e.g. a page, and for testing tests. A hook that fails is listed under its
 * group's path; a test over its time limit fails (it cannot be stopped).
 */
export function createCollectingRunner(): CollectingRunner {
  const results: CollectedTest[] = [];
  const root: Group = { path: [], before: [], after: [], steps: [] };
  let current = root;

  const attempt = async (path: readonly string[], step: () => Promise<void>, timeout?: number) => {
    try {
      await withTimeout(step(), timeout);
      return true;
    } catch (error) {
      results.push({ path, error });
      return false;
    }
  };
  const runGroup = async (group: Group): Promise<void> => {
    for (const hook of group.before) if (!(await attempt(group.path, hook))) return;
    for (const step of group.steps) await step();
    for (const hook of group.after) await attempt(group.path, hook);
  };

  return {
    describe(name, define) {
      const outer = current;
      const group: Group = { path: [...outer.path, name], before: [], after: [], steps: [] };
      outer.steps.push(() => runGroup(group));
      current = group;
      define();
      current = outer;
    },
    test(name, run, timeout) {
      const path = [...current.path, name];
      current.steps.push(async () => {
        if (await attempt(path, () => run(), timeout)) results.push({ path });
      });
    },
    beforeAll: (hook) => void current.before.push(hook),
    afterAll: (hook) => void current.after.push(hook),
    async run() {
      await runGroup(root);
      return results;
    },
  };
}

async function withTimeout(running: Promise<void>, timeout: number | undefined): Promise<void> {
  if (timeout === undefined) return running;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeout} ms`)), timeout);
  });
  try {
    await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
