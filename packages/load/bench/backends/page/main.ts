import { createOnnxWebModel } from '@nexttoken/backend-onnx-web';
import type { Continuation, EngineFiles } from '../engine';
import { ourContinuation } from '../our-continuation';
import { transformersContinuation } from '../transformers-continuation';

/** One engine in this page; the continuation lives here, and the page's thread runs its loop. */
async function openEngine(
  files: EngineFiles,
): Promise<{ readonly description: string; readonly continuation: Continuation }> {
  const { place, contextLength, vocabSize, device, threads } = files;
  if (files.engine === 'ours') {
    const bytes = async (file: string) =>
      new Uint8Array(await (await fetch(`${place}/${file}`)).arrayBuffer());
    const model = await createOnnxWebModel({
      modelId: place,
      graph: await bytes('graph.onnx'),
      externalData: [{ path: 'weights.bin', load: () => bytes('weights.bin') }],
      contextLength,
      vocabSize,
      dtype: place,
      device,
      ...(threads === undefined ? {} : { threads }),
    });
    const about = model.describe();
    return {
      description: `onnxruntime-web ${about.runtimeVersion} ${about.build}, ${about.threads} threads, in a worker`,
      continuation: ourContinuation(model),
    };
  }
  const library = await import('@huggingface/transformers');
  const { env } = library;
  const runtime = env.backends.onnx as unknown as {
    readonly versions: { readonly web: string };
    readonly wasm: { wasmPaths: unknown; numThreads?: number };
  };
  runtime.wasm.wasmPaths = {
    mjs: '/transformers-runtime/ort-wasm-simd-threaded.asyncify.mjs',
    wasm: '/transformers-runtime/ort-wasm-simd-threaded.asyncify.wasm',
  };
  if (threads !== undefined) runtime.wasm.numThreads = threads;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.localModelPath = '/';
  const model = await library.AutoModelForCausalLM.from_pretrained(place.slice(1), {
    dtype: 'fp32',
    device,
    use_external_data_format: true,
  } as never);
  return {
    description: `transformers.js ${env.version}, onnxruntime-web ${runtime.versions.web}, ${runtime.wasm.numThreads || 'its default of'} threads`,
    continuation: transformersContinuation(library, model),
  };
}

let opened: Continuation | undefined;

const page = {
  async open(files: EngineFiles): Promise<string> {
    const { description, continuation } = await openEngine(files);
    opened = continuation;
    return description;
  },
  prefill: (prompt: readonly number[]) => opened!.prefill(prompt),
  decode: (request: Parameters<Continuation['decode']>[0]) => opened!.decode(request),
};
declare global {
  /** What the benchmark calls in the page. */
  var enginePage: typeof page;
}
globalThis.enginePage = page;
