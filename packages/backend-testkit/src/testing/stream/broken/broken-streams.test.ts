import { expect, test, vi } from 'vitest';
import { streamSuiteNames } from '../../../stream-kit/test-stream-model';
import { runStreamKit } from '../run-stream-kit';
import { brokenChoices } from './broken-choices';
import { brokenStreaming } from './broken-streaming';
import { brokenWriting } from './broken-writing';

const broken = [...brokenWriting, ...brokenChoices, ...brokenStreaming];
vi.spyOn(console, 'info').mockImplementation(() => undefined);

test.each(broken)('exactly $suite sees: $mistake', async ({ suite, test: name, also, create, options }) => {
  const models: ReturnType<typeof create>[] = [];
  const createModel = () => {
    models.push(create());
    return models.at(-1)!;
  };
  const liveHandles = () => models.reduce((sum, { streams }) => sum + streams.size, 0);
  const reports = await runStreamKit(createModel, { liveHandles, maxNewTokens: 12, ...options });
  const failed = reports.filter(({ status }) => status === 'failed');
  const own = failed.filter((report) => report.suite === suite).map((report) => report.test);
  expect(own.join('\n')).toContain(name);
  const others = new Set(failed.map((report) => report.suite));
  others.delete(suite);
  expect([...others].filter((other) => !also?.includes(other))).toEqual([]);
});

test('every suite has a model that fails it', () => {
  expect([...new Set(broken.map(({ suite }) => suite))].toSorted()).toEqual([...streamSuiteNames].toSorted());
});
