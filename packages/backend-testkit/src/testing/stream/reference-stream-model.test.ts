import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testStreamModel } from '../../stream-kit/test-stream-model';
import { createReferenceStreamModel } from './create-reference-stream-model';
import { runStreamKit } from './run-stream-kit';

const models: ReturnType<typeof createReferenceStreamModel>[] = [];

testStreamModel({
  name: 'reference',
  runner: { describe, test, beforeAll, afterAll },
  createModel: async () => {
    models.push(createReferenceStreamModel());
    return models.at(-1)!;
  },
  prompts: { ids: [[3, 5, 8], [1]] },
  liveHandles: () => models.reduce((sum, { streams }) => sum + streams.size, 0),
  secrets: ['sk-not-in-here'],
});

test('a model that declares the least passes; every skip has its reason', async () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const capabilities = {
    prompts: ['text'],
    processors: [],
    samplers: ['categorical'],
    options: [],
    maxCandidates: 0,
    maxStopStrings: 0,
    tokenIds: false,
    tokenBytes: false,
    deterministic: false,
  } as const;
  const reports = await runStreamKit(() => createReferenceStreamModel({ capabilities }));
  info.mockRestore();
  expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
  const reasons = reports.flatMap(({ reason }) => reason ?? []);
  expect(reasons).toContain('the model does not declare logprobs among capabilities.options');
  expect(reasons).toContain('the model declares capabilities.deterministic absent');
  expect(reports.filter(({ status }) => status === 'passed').length).toBeGreaterThan(12);
});

test.each([
  [{ suites: ['nothing'] }, 'suites'],
  [{ maxNewTokens: 4 }, 'maxNewTokens'],
])('%o is refused by name', async (illegal, parameter) => {
  const error = await runStreamKit(createReferenceStreamModel, illegal).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'invalid-parameter', details: { parameter } });
});
