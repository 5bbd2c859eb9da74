import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineFiles } from './engine';
import type { OverheadRequest } from './overhead';

/** What the parent asks of an engine's process. */
export type ProcessCall =
  | { readonly method: 'open'; readonly input: EngineFiles }
  | { readonly method: 'prefill'; readonly input: readonly number[] }
  | { readonly method: 'decode'; readonly input: Parameters<Engine['decode']>[0] }
  | { readonly method: 'peak' | 'cpu'; readonly input: null }
  | { readonly method: 'overhead'; readonly input: OverheadRequest };

/** Starts a process that answers calls, with the packages as they are built: what users get. */
function startProcess(name: string): {
  call(request: ProcessCall): Promise<never>;
  close(): Promise<void>;
} {
  const child = fork(fileURLToPath(new URL('./engine-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
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
  return {
    call,
    close: async () => {
      child.disconnect();
      await exit;
    },
  };
}

/** What a step takes beside the runtime, as {@link OverheadRequest} asks for it. */
export async function overheadInProcess(request: OverheadRequest): Promise<number> {
  const { call, close } = startProcess('overhead');
  const share = await call({ method: 'overhead', input: request });
  await close();
  return share;
}

/** Opens an engine in a process of its own, so that its memory can be told from others'. */
export async function processEngine(name: string, files: EngineFiles): Promise<Engine> {
  const { call, close } = startProcess(name);
  const description = await call({ method: 'open', input: files });
  return {
    name,
    description,
    prefill: (input) => call({ method: 'prefill', input }),
    decode: (input) => call({ method: 'decode', input }),
    peakMegabytes: () => call({ method: 'peak', input: null }),
    cpuMilliseconds: () => call({ method: 'cpu', input: null }),
    close,
  };
}
