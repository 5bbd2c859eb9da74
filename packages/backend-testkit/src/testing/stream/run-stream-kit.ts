import type { StreamModel } from '@nexttoken/model';
import type { TestReport } from '../../kit/backend-test-options';
import { createCollectingRunner } from '../../runner/create-collecting-runner';
import type { StreamTestOptions } from '../../stream-kit/stream-test-options';
import { testStreamModel } from '../../stream-kit/test-stream-model';

/** Runs the stream kit with the collecting runner and returns how each test ended. */
export async function runStreamKit(
  createModel: () => StreamModel,
  options: Partial<StreamTestOptions> = {},
): Promise<TestReport[]> {
  const runner = createCollectingRunner();
  const reports: TestReport[] = [];
  testStreamModel({
    name: 'stream kit under test',
    runner,
    createModel: async () => createModel(),
    prompts: { ids: [[3, 5, 8]] },
    report: (report) => reports.push(report),
    timeout: 10_000,
    ...options,
  });
  const reported = await runner.run();
  const hooks = reported.filter(({ path, error }) => error !== undefined && path.length < 3);
  for (const { error } of hooks)
    reports.push({
      suite: '(hook)',
      test: '(hook)',
      status: 'failed',
      reason: String(error),
      milliseconds: 0,
    });
  return reports;
}
