import type { EndedProcess, ProcessEnding } from '../../kit/backend-test-options';
import { ReferenceModel } from '../reference-model';
import type { BrokenModel } from './broken-model';

/** How a process with a correct model ends. */
const correct: Readonly<Record<ProcessEnding, EndedProcess>> = {
  exit: { code: 7, signal: null, output: 'running' },
  uncaught: { code: 1, signal: null, output: 'running\nError: thrown on purpose' },
  SIGINT: { code: null, signal: 'SIGINT', output: 'running' },
  SIGTERM: { code: null, signal: 'SIGTERM', output: 'running' },
  'handled-signal': { code: 0, signal: null, output: 'running\ndisposed' },
};

function brokenExit(
  mistake: string,
  test: string,
  ending: ProcessEnding,
  ended: Partial<EndedProcess>,
): BrokenModel {
  return {
    mistake,
    suite: 'exit',
    test,
    create: () => new ReferenceModel(),
    options: {
      childProcess: async (asked) => ({ ...correct[asked], ...(asked === ending && ended) }),
    },
  };
}

/** Processes that end wrongly, as their parent sees it; `broken-exits.full.test.ts` has real ones. */
export const brokenExits: readonly BrokenModel[] = [
  brokenExit('process.exit aborts the runtime: a crash', 'process.exit(7)', 'exit', { code: 134 }),
  brokenExit('another exit code', 'process.exit(7)', 'exit', { code: 0 }),
  brokenExit('the model ended before it ran', 'process.exit(7)', 'exit', { output: 'no such file' }),
  brokenExit('an uncaught error is swallowed', 'an error that nobody catches', 'uncaught', {
    output: 'running',
  }),
  brokenExit('an uncaught error aborts the runtime', 'an error that nobody catches', 'uncaught', {
    code: null,
    signal: 'SIGABRT',
  }),
  brokenExit('a signal makes the runtime crash', 'SIGINT ends', 'SIGINT', { signal: 'SIGSEGV' }),
  brokenExit('a handler of the adapter takes the signal', 'SIGTERM ends', 'SIGTERM', {
    code: 0,
    signal: null,
  }),
  brokenExit(
    'what was disposed keeps the process alive',
    'nothing keeps the process alive',
    'handled-signal',
    {
      code: null,
      signal: 'SIGKILL',
      hung: true,
    },
  ),
  brokenExit('dispose never ends', 'nothing keeps the process alive', 'handled-signal', {
    output: 'running',
  }),
];
