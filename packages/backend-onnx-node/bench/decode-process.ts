import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OnnxNodeModelOptions } from '@nexttoken/backend-onnx-node';
import type { DecodeEngine, Timing } from './decode-engines';

/** Which engine a process opens. */
export type EngineSpecification =
  | { readonly kind: 'ours'; readonly options: OnnxNodeModelOptions }
  | { readonly kind: 'transformers.js'; readonly place: string; readonly folder: string }
  | {
      readonly kind: 'llama.cpp';
      readonly module: string;
      readonly path: string;
      readonly contextSize: number;
      readonly threads: number;
    };

/** What the parent asks of an engine's process. */
export type EngineCall =
  | { readonly open: EngineSpecification }
  | { readonly run: { readonly prompt: readonly number[]; readonly newTokens: number } };

/**
 * Opens an engine in a process of its own: engines in one process share its heap, its collector's pauses and the
 * threads that wait for work by spinning.
 */
export async function engineInProcess(
  name: string,
  specification: EngineSpecification,
): Promise<DecodeEngine> {
  const child = fork(fileURLToPath(new URL('./decode-process-main.ts', import.meta.url)), {
    // The packages as they are built: what users get.
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const exit = once(child, 'exit');
  const early = exit.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
  early.catch(() => {});
  const call = async (request: EngineCall): Promise<unknown> => {
    child.send(request);
    const [answer] = (await Promise.race([once(child, 'message'), early])) as [
      { readonly value?: unknown; readonly error?: string },
    ];
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`);
    return answer.value;
  };
  await call({ open: specification });
  return {
    name,
    run: (prompt, newTokens) => call({ run: { prompt, newTokens } }) as Promise<Timing>,
    dispose: async () => {
      child.disconnect();
      await exit;
    },
  };
}
