import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineFiles } from './engine';

/** What the parent asks of an engine's process. */
export type ProcessCall =
  | { readonly method: 'open'; readonly input: EngineFiles }
  | { readonly method: 'prefill'; readonly input: readonly number[] }
  | { readonly method: 'decode'; readonly input: Parameters<Engine['decode']>[0] }
  | { readonly method: 'peak' | 'cpu'; readonly input: null };

/** Opens an engine in a process of its own, so that its memory can be told from others'. */
export async function processEngine(name: string, files: EngineFiles): Promise<Engine> {
  const child = fork(fileURLToPath(new URL('./engine-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', '--conditions=@nexttoken/source'],
  });
  const exit = once(child, 'exit');
  const early = exit.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
  early.catch(() => {});
  const call = async (request: ProcessCall): Promise<never> => {
    child.send(request);
    const answer = await Promise.race([once(child, 'message'), early]);
    const { value, error } = answer[0] as { value: never; error?: string };
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return value;
  };
  const description = await call({ method: 'open', input: files });
  return {
    name,
    description,
    prefill: (input) => call({ method: 'prefill', input }),
    decode: (input) => call({ method: 'decode', input }),
    peakMegabytes: () => call({ method: 'peak', input: null }),
    cpuMilliseconds: () => call({ method: 'cpu', input: null }),
    close: async () => {
      child.disconnect();
      await exit;
    },
  };
}
