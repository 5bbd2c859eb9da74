import type { LanguageModel } from '@nexttoken/model';
import type { BackendTestOptions, TestReport } from '../kit/backend-test-options';
import { testBackend } from '../kit/test-backend';
import { createCollectingRunner } from '../runner/create-collecting-runner';

/** Runs the kit with the collecting runner and returns how each test ended. */
export async function runKit(
  createModel: () => LanguageModel,
  options: Partial<BackendTestOptions> = {},
): Promise<TestReport[]> {
  const runner = createCollectingRunner();
  const reports: TestReport[] = [];
  testBackend({
    name: 'kit under test',
    runner,
    createModel: async () => createModel(),
    report: (report) => reports.push(report),
    timeout: 10_000,
    ...options,
  });
  const collected = await runner.run();
  const reported = new Set(reports.map(({ suite, test }) => `${suite} > ${test}`));
  for (const { path, error } of collected) {
    const [, suite = '(hook)', test = '(hook)'] = path;
    if (error === undefined || reported.has(`${suite} > ${test}`)) continue;
    reports.push({ suite, test, status: 'failed', reason: String(error), milliseconds: 0 });
  }
  return reports;
}
