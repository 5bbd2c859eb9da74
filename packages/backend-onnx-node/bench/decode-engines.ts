import { createOnnxNodeModel, type OnnxNodeModelOptions } from '@nexttoken/backend-onnx-node';
import { generate } from '@nexttoken/generate';
import { categorical, temperature, topK } from '@nexttoken/sampling';

export interface Timing {
  /** Milliseconds from the call to the first token. */
  readonly prefill: number;
  /** Tokens a second after the first. */
  readonly perSecond: number;
  readonly ids: readonly number[];
}

/** Something that continues a prompt: greedily, or sampled at temperature 0.7 among the 50 best. */
export interface DecodeEngine {
  readonly name: string;
  run(prompt: readonly number[], newTokens: number, sampled?: boolean): Promise<Timing>;
  dispose(): Promise<unknown>;
}

/** @param stamps when each token came */
export function timing(begin: number, stamps: readonly number[], ids: readonly number[]): Timing {
  const first = stamps[0]!;
  return { prefill: first - begin, perSecond: ((stamps.length - 1) * 1000) / (stamps.at(-1)! - first), ids };
}

/** Our loop over our adapter, in its worker. */
export async function oursEngine(name: string, options: OnnxNodeModelOptions): Promise<DecodeEngine> {
  const model = await createOnnxNodeModel(options);
  return {
    name,
    run: async (prompt, maxNewTokens, sampled = false) => {
      const choice = sampled
        ? { processors: [temperature(0.7), topK(50)], sampler: categorical(), seed: 1 }
        : {};
      const begin = performance.now();
      const stamps: number[] = [];
      const ids: number[] = [];
      for await (const event of generate({ model, prompt: [...prompt], maxNewTokens, ...choice }))
        if (event.type === 'step') {
          stamps.push(performance.now());
          ids.push(event.id);
        }
      return timing(begin, stamps, ids);
    },
    dispose: () => model.dispose(),
  };
}

/** What of node-llama-cpp is used here; it is no dependency, its binaries are large. */
interface LlamaModule {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{
      createContext(options: object): Promise<{
        getSequence(): {
          clearHistory(): Promise<void>;
          evaluate(tokens: number[], options: object): AsyncIterable<number>;
        };
      }>;
      dispose(): Promise<void>;
    }>;
  }>;
}

/** llama.cpp through node-llama-cpp, which a URL or path names. @param threads of llama.cpp */
export async function llamaEngine(
  module: string,
  path: string,
  sizes: { readonly contextSize: number; readonly threads: number },
): Promise<DecodeEngine> {
  const { getLlama } = (await import(module)) as LlamaModule;
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: sizes.threads, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
  const context = await model.createContext({ ...sizes, sequences: 1 });
  const sequence = context.getSequence();
  return {
    name: 'llama_cpp',
    run: async (prompt, newTokens) => {
      await sequence.clearHistory();
      const begin = performance.now();
      const stamps: number[] = [];
      const ids: number[] = [];
      for await (const id of sequence.evaluate([...prompt], { temperature: 0, yieldEogToken: true })) {
        stamps.push(performance.now());
        ids.push(id);
        if (ids.length === newTokens) break;
      }
      return timing(begin, stamps, ids);
    },
    dispose: () => model.dispose(),
  };
}
