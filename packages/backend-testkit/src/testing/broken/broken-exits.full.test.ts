import { expect, test, vi } from 'vitest';
import { childProcess } from '../../node/child-process';
import { createReferenceModel } from '../create-reference-model';
import { runKit } from '../run-kit';

const script = new URL('../exit/broken-child.ts', import.meta.url);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

test.each([
  ['aborts on exit', ['process.exit(7)', 'an error that nobody catches', 'after an abort and dispose']],
  ['keeps alive', ['after an abort and dispose']],
  ['takes SIGINT', ['SIGINT']],
  ['never disposes', ['after an abort and dispose']],
])('a process that %s fails', async (mistake, names) => {
  const reports = await runKit(createReferenceModel, {
    suites: ['exit'],
    timeout: 60_000,
    childProcess: childProcess(script, {
      nodeArguments: ['--import', 'tsx', '--conditions=@nexttoken/source'],
      scriptArguments: [mistake],
      timeout: 8_000,
    }),
  });
  const failed = reports.filter(({ status }) => status === 'failed').map((report) => report.test);
  expect(failed).toHaveLength(names.length);
  for (const [index, name] of names.entries()) expect(failed[index]).toContain(name);
});
