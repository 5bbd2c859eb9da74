import { check, checkEqual } from '../check/check';
import type { EndedProcess, ProcessEnding } from '../kit/backend-test-options';
import type { Kit } from '../kit/kit';
import type { Suite, SuiteTest } from '../kit/suite';

/** Ends a process that way; it must have been in the middle of its work, and have neither crashed nor hung. */
async function end(kit: Kit, ending: ProcessEnding): Promise<EndedProcess> {
  const ended = await kit.childProcess!(ending);
  const { code, signal, output } = ended;
  const how = `code ${code}, signal ${signal}; it wrote: ${output}`;
  check(output.includes('running'), `${ending}: the process ended before the model ran: ${how}`);
  check(!ended.hung, `${ending}: the process did not end: ${how}`);
  const crashed = code === 134 || code === 139 || signal === 'SIGABRT' || signal === 'SIGSEGV';
  check(!crashed, `${ending}: the process crashed: ${how}`);
  return ended;
}

const ends = (
  name: string,
  ending: ProcessEnding,
  look: (ended: EndedProcess) => void = () => undefined,
): SuiteTest => ({
  name,
  needs: { childProcess: true },
  run: async (kit) => look(await end(kit, ending)),
});

/** A signal ends the process as signals do, or a program's own handler has told it a code. */
const bySignal = (name: 'SIGINT' | 'SIGTERM') =>
  ends(`${name} ends the process as ${name} does`, name, ({ code, signal }) =>
    checkEqual({ code, signal }, { code: null, signal: name }, name),
  );

/** A process may end while the model computes: with its own exit code, never as a crash, never not at all. */
export const exitSuite: Suite = {
  name: 'exit',
  tests: [
    ends('process.exit(7) ends with code 7', 'exit', ({ code }) => checkEqual(code, 7, 'exit code')),
    ends('an error that nobody catches ends with code 1, and is printed', 'uncaught', ({ code, output }) => {
      checkEqual(code, 1, 'exit code');
      check(output.includes('thrown on purpose'), `the error's message is missing: ${output}`);
    }),
    bySignal('SIGINT'),
    bySignal('SIGTERM'),
    ends(
      'after an abort and dispose nothing keeps the process alive',
      'handled-signal',
      ({ code, signal, output }) => {
        checkEqual({ code, signal }, { code: 0, signal: null }, `how it ended (it wrote: ${output})`);
        check(output.includes('disposed'), `dispose did not come to its end: ${output}`);
      },
    ),
  ],
};
