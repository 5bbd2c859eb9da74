import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { invalidParameter } from '@nexttoken/model';
import type { EndedProcess, ProcessEnding } from '../kit/backend-test-options';

export interface ChildProcessOptions {
  /** Node's own arguments, e.g. `['--import', 'tsx']` for a script in TypeScript; default none. */
  readonly nodeArguments?: readonly string[];
  /** The script's arguments behind the ending, e.g. a folder; default none. */
  readonly scriptArguments?: readonly string[];
  /** Milliseconds after which a process that does not end is killed and told as hung; default 60,000. */
  readonly timeout?: number;
}

/**
 * The option `childProcess` of the kit: starts a script of yours for every ending. The script makes a model and hands
 * it to `endInTheMiddle`:
 *
 * ```js
 * import { endInTheMiddle } from '@nexttoken/backend-testkit/node';
 * await endInTheMiddle(await createMyModel());
 * ```
 * @param script the script's path or file URL
 * @throws NextTokenError `invalid-parameter`
 */
export function childProcess(
  script: string | URL,
  { nodeArguments = [], scriptArguments = [], timeout = 60_000 }: ChildProcessOptions = {},
): (ending: ProcessEnding) => Promise<EndedProcess> {
  if (!(timeout > 0)) throw invalidParameter('childProcess', 'timeout', timeout, 'a number > 0');
  const path = script instanceof URL || script.startsWith('file:') ? fileURLToPath(script) : script;
  return (ending) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...nodeArguments, path, ending, ...scriptArguments], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let signalled = false;
      let hung = false;
      const late = setTimeout(() => {
        hung = true;
        child.kill('SIGKILL');
      }, timeout);
      const read = (chunk: Buffer) => {
        output += chunk;
        const signal = ending === 'handled-signal' ? 'SIGTERM' : ending;
        if (signalled || !signal.startsWith('SIG') || !output.includes('running')) return;
        signalled = true;
        child.kill(signal as NodeJS.Signals);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      child.once('close', (code, signal) => {
        clearTimeout(late);
        resolve({ code, signal, output, hung });
      });
    });
}
