import { createReferenceModel, testBackend } from '@nexttoken/backend-testkit';
import type { LanguageModel, Session } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchedModel } from './batched-model';

/** The wrapper, which takes the model it wraps with it. */
function owning(model: LanguageModel, stepPositions: number): LanguageModel {
  const batched = batchedModel(model, { stepPositions });
  return {
    ...batched,
    async dispose() {
      await batched.dispose();
      await model.dispose();
    },
  };
}

const runner = { describe, test, beforeAll, afterAll };
testBackend({
  name: 'batched reference model',
  runner,
  createModel: async () => owning(createReferenceModel(), 256),
});
testBackend({
  name: 'batched, prompts in pieces of 7',
  runner,
  createModel: async () => owning(createReferenceModel(), 7),
  suites: ['forward', 'cache', 'ragged rows', 'abort', 'ownership', 'concurrency', 'hidden states'],
});
testBackend({
  name: 'batched, without truncate',
  runner,
  createModel: async () => owning(createReferenceModel({ capabilities: { truncate: false } }), 16),
});
testBackend({
  name: 'a model without select',
  runner,
  createModel: async () => owning(createReferenceModel({ capabilities: { select: false, fork: false } }), 16),
  suites: ['forward', 'refusal', 'ragged rows', 'abort', 'disposal'],
});

/** The model with changed sessions. */
function over(model: LanguageModel, change: (session: Session) => void): LanguageModel {
  return {
    specification: model.specification,
    modelId: model.modelId,
    vocabSize: model.vocabSize,
    capabilities: model.capabilities,
    describe: () => model.describe(),
    dispose: () => model.dispose(),
    async createSession(options) {
      const session = await model.createSession(options);
      change(session);
      return session;
    },
  };
}

const ids = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, i) => (i * 7 + seed * 11) % 40);

describe('batchedModel', () => {
  test('calls of many sessions run in the same steps', async () => {
    const model = createReferenceModel();
    const batched = batchedModel(model);
    const sessions = await Promise.all(Array.from({ length: 8 }, () => batched.createSession()));
    for (let step = 0; step < 5; step++)
      await Promise.all(sessions.map((session, seed) => session.forward([ids(1, seed + step)])));
    expect(batched.statistics).toEqual({ steps: 5, rows: 40, positions: 40 });
    await batched.dispose();
    await model.dispose();
  });

  test('a long prompt does not hold up a text in progress', async () => {
    const model = createReferenceModel();
    const batched = batchedModel(model, { stepPositions: 10 });
    const [long, short] = [await batched.createSession(), await batched.createSession()];
    await short!.forward([ids(2, 1)]);
    let ended = false;
    const reading = long!.forward([ids(100, 2)]).then(() => {
      ended = true;
    });
    let steps = 0;
    while (!ended) {
      await short!.forward([ids(1, 3)]);
      steps++;
    }
    await reading;
    expect(steps).toBeGreaterThanOrEqual(9);
    await batched.dispose();
    await model.dispose();
  });

  test('a call that fails alone does not end the others', async () => {
    const model = createReferenceModel();
    const broken = over(model, (session) => {
      const forward = session.forward.bind(session);
      session.forward = (rows, settings) =>
        rows.some((row) => Array.from(row).includes(13))
          ? Promise.reject(new Error('unlucky'))
          : forward(rows, settings);
    });
    const batched = batchedModel(broken, { stepPositions: 3 });
    const sessions = await Promise.all([0, 1, 2].map(() => batched.createSession()));
    const results = await Promise.allSettled([
      sessions[0]!.forward([ids(2, 0)]),
      sessions[1]!.forward([[1, 2, 3, 4, 13]]),
      sessions[2]!.forward([ids(3, 0)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sessions[1]!.lengths).toEqual([0]);
    await sessions[1]!.forward([[1, 2]]);
    await batched.dispose();
    await broken.dispose();
  });

  test('a session that cannot drop its rows is asked again with the next call', async () => {
    const model = createReferenceModel();
    let failures = 0;
    const broken = over(model, (session) => {
      const select = session.select.bind(session);
      session.select = (parents) => (failures-- > 0 ? Promise.reject(new Error('lost')) : select(parents));
    });
    const batched = batchedModel(broken);
    const [one, other] = [await batched.createSession(), await batched.createSession()];
    await Promise.all([one!.forward([[1]]), other!.forward([[2]])]);
    failures = 2;
    await one!.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failures).toBe(1);
    await expect(other!.forward([[3]])).rejects.toThrow('lost');
    expect(other!.lengths).toEqual([1]);
    await other!.forward([[3]]);
    expect(other!.lengths).toEqual([2]);
    await batched.dispose();
    await model.dispose();
  });

  test('with the last row the session of the model goes too', async () => {
    const model = createReferenceModel();
    const batched = batchedModel(model);
    const [one, other] = [await batched.createSession(), await batched.createSession({ rows: 3 })];
    await one!.forward([[1, 2]]);
    await other!.forward([[1], [2], []]);
    expect((model as unknown as { sessions: Set<unknown> }).sessions.size).toBe(1);
    await one!.dispose();
    await other!.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((model as unknown as { sessions: Set<unknown> }).sessions.size).toBe(0);
    await batched.dispose();
    await model.dispose();
  });

  test.each([0, 1.5, -1, Number.NaN])('stepPositions %s is refused', (stepPositions) => {
    expect(() => batchedModel(createReferenceModel(), { stepPositions })).toThrow(/stepPositions/);
  });
});
