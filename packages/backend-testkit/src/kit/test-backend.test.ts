import { NextTokenError } from '@nexttoken/model';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCollectingRunner } from '../runner/create-collecting-runner';
import { brokenAnswers } from '../testing/broken/broken-answers';
import { brokenSession } from '../testing/broken/broken-model';
import { createReferenceModel } from '../testing/create-reference-model';
import { ReferenceModel } from '../testing/reference-model';
import { ReferenceSession } from '../testing/reference-session';
import { runKit } from '../testing/run-kit';
import type { ReferenceAnswer, TestReport } from './backend-test-options';
import { suiteNames, testBackend } from './test-backend';
import { textSource } from './text-source';

const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
afterEach(() => void info.mockClear());

const failures = (reports: readonly TestReport[]) => reports.filter(({ status }) => status === 'failed');
const skipped = (reports: readonly TestReport[]) => reports.filter(({ status }) => status === 'skipped');
const absent = { allPositions: false, select: false, truncate: false, fork: false, maxRows: 1 };

describe('what passes', () => {
  test('a model that declares everything absent passes; the skips are printed with their reasons', async () => {
    const reports = await runKit(() => new ReferenceModel({ capabilities: absent }));
    expect(failures(reports)).toEqual([]);
    const reasons = skipped(reports).map(({ reason }) => reason);
    expect(reasons).toContain('the model declares capabilities.fork absent');
    expect(reasons).toContain('needs 3 rows, the model declares maxRows 1');
    expect(info).toHaveBeenCalledTimes(reasons.length);
    expect(info.mock.calls.flat().join()).toContain('kit under test > select > drops: the model declares');
  });

  test.each([1, 4, 16, 300])('a context of %i passes', async (contextLength) => {
    expect(failures(await runKit(() => new ReferenceModel({ capabilities: { contextLength } })))).toEqual([]);
  });

  test.each([2, 3, 1000])('a vocabulary of %i passes', async (vocabSize) => {
    const suites = ['capabilities', 'forward', 'cache', 'errors', 'select'];
    expect(failures(await runKit(() => new ReferenceModel({ vocabSize }), { suites }))).toEqual([]);
  });

  test('a model that knows its five best logits only passes', async () => {
    class TopSession extends ReferenceSession {
      protected override step(...given: Parameters<ReferenceSession['step']>) {
        const logits = super.step(...given);
        const least = logits.toSorted().at(-5)!;
        return logits.map((logit) => (logit >= least ? logit : Number.NEGATIVE_INFINITY));
      }
    }
    const top = { capabilities: { logits: { top: 5 } } };
    const model = brokenSession('', ['', ''], TopSession, top);
    expect(failures(await runKit(model.create))).toEqual([]);
  });

  test('a prompt restricts the ids', async () => {
    const spy = vi.fn();
    class Watched extends ReferenceModel {
      override newSession(rows: Parameters<ReferenceModel['newSession']>[0]) {
        const session = super.newSession(rows);
        const forward = session.forward.bind(session);
        session.forward = (given, options) => {
          for (const ids of given) Array.from(ids).forEach(spy);
          return forward(given, options);
        };
        return session;
      }
    }
    await runKit(() => new Watched(), {
      prompt: [3, 5, 8],
      suites: ['forward', 'ragged rows', 'random walk'],
    });
    expect(new Set(spy.mock.calls.map(([id]) => id))).toEqual(new Set([3, 5, 8]));
  });
});

describe('reference answers', () => {
  const ids = [1, 2, 3, 4, 5];
  async function answer(request: 'last' | 'all'): Promise<ReferenceAnswer> {
    const session = await createReferenceModel().createSession();
    const { logits } = await session.forward([ids], { logits: request });
    return { ids, logits: logits[0]!.data };
  }
  const run = async (seed: number, reference: ReferenceAnswer[]) =>
    runKit(() => new ReferenceModel({ seed }), { reference, suites: ['reference'] });

  test('the same model agrees, with last and with all rows', async () => {
    const reports = await run(1, [await answer('last'), await answer('all')]);
    expect(reports.map(({ status }) => status)).toEqual(['passed', 'passed']);
  });

  test('other weights do not', async () => {
    const [last, all] = await run(2, [await answer('all')]);
    expect(last).toMatchObject({ status: 'failed', reason: expect.stringContaining('reference answer 0') });
    expect(all).toMatchObject({ status: 'failed', reason: expect.stringContaining('position 0') });
  });

  test('answers of a wrong shape are named', async () => {
    const logits = Array.from((await answer('all')).logits).slice(0, 80);
    const [, all] = await run(1, [{ ids, logits }]);
    expect(all?.reason).toContain('holds 80 logits: neither 40 nor 5 x 40');
  });
});

describe('options', () => {
  const options = {
    name: 'x',
    runner: createCollectingRunner(),
    createModel: async () => createReferenceModel(),
  };
  test.each([
    [{ suites: ['nothing'] }, 'suites'],
    [{ prompt: [7, 7, 7] }, 'prompt'],
    [{ tolerance: { absolute: -1 } }, 'tolerance.absolute'],
    [{ tolerance: { absolute: Number.NaN } }, 'tolerance.absolute'],
  ])('%o is refused by name', (illegal, parameter) => {
    let error: unknown;
    try {
      testBackend({ ...options, ...illegal });
    } catch (thrown) {
      error = thrown;
    }
    expect(NextTokenError.isInstance(error) && error.details.parameter).toBe(parameter);
  });

  test('a model that cannot be made fails every test with the reason', async () => {
    const reports = await runKit(() => {
      throw new Error('no such file');
    });
    expect(reports).toEqual([expect.objectContaining({ test: '(hook)', reason: 'Error: no such file' })]);
  });

  test('a looser tolerance lets noise through, determinism does not', async () => {
    const noisy = brokenAnswers.find(({ suite }) => suite === 'determinism')!;
    const suites = ['determinism', 'cache'];
    const failed = failures(await runKit(noisy.create, { suites, tolerance: { absolute: 1e-3 } }));
    expect(new Set(failed.map(({ suite }) => suite))).toEqual(new Set(['determinism']));
    const strict = failures(await runKit(noisy.create, { suites, tolerance: { absolute: 0 } }));
    expect(new Set(strict.map(({ suite }) => suite))).toEqual(new Set(['determinism', 'cache']));
  });

  test('skip of the test context is called where the runner has one', async () => {
    const skip = vi.fn();
    const runs: ((...context: unknown[]) => Promise<void>)[] = [];
    let start = async () => {};
    testBackend({
      ...options,
      runner: {
        describe: (_, define) => define(),
        test: (_, run) => runs.push(run),
        beforeAll: (run) => {
          start = run;
        },
        afterAll: () => undefined,
      },
      suites: ['reference'],
    });
    await start();
    for (const run of runs) await run({ skip });
    expect(skip.mock.calls).toEqual([
      ['the option reference was not given'],
      ['the option reference was not given'],
    ]);
  });
});

test('the suites are named once each', () => {
  expect(new Set(suiteNames).size).toBe(suiteNames.length);
});

test('a text is the same for the same seed, and begins the longer one', () => {
  const text = textSource(Array.from({ length: 40 }, (_, id) => id));
  expect(text(9, 3).slice(0, 5)).toEqual(text(5, 3));
  expect(text(9, 3)).not.toEqual(text(9, 4));
  expect(new Set(text(400, 1)).size).toBe(40);
});
