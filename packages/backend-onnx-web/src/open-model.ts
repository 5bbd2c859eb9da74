import { NextTokenError } from '@nexttoken/model';
import { DecoderModel } from '@nexttoken/onnx-decoder';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { configureWasm, type WasmPaths } from './runtime/configure-wasm';
import { createTaskBorder } from './runtime/task-border';

/** One file that the graph refers to by name. */
export interface ExternalData {
  readonly path: string;
  readonly data: Uint8Array;
}

export interface OpenOptions {
  readonly modelId: string;
  readonly graph: Uint8Array;
  readonly externalData: readonly ExternalData[];
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly dtype: string;
  readonly device: 'wasm';
  readonly wasmPaths?: WasmPaths | undefined;
  readonly threads?: number | undefined;
  readonly chunkLength?: number | undefined;
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
}

/** Opens the model in the present thread. */
export async function openModel(options: OpenOptions): Promise<DecoderModel> {
  const { modelId, graph, externalData, device, contextLength, vocabSize, dtype } = options;
  const { chunkLength, keyValueHeadCount, headSize } = options;
  const threads = configureWasm(options);
  const session = await InferenceSession.create(graph, {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(externalData.length > 0 && { externalData: [...externalData] }),
  }).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new NextTokenError(
      'backend-failed',
      `onnxruntime cannot open ${modelId}: ${message}`,
      { modelId },
      { cause },
    );
  });
  const taskBorder = createTaskBorder();
  try {
    return new DecoderModel(
      {
        runtime: { Tensor },
        session,
        run: (feeds, outputs) =>
          taskBorder().then(() => (outputs ? session.run(feeds, outputs) : session.run(feeds))),
      },
      {
        modelId,
        contextLength,
        vocabSize,
        dtype,
        backend: 'onnxruntime-web',
        device,
        hints: { keyValueHeadCount, headSize },
        ...(chunkLength === undefined ? {} : { chunkLength }),
        details: { provider: device, runtimeVersion: env.versions.web ?? env.versions.common, threads },
      },
    );
  } catch (error) {
    await session.release();
    throw error;
  }
}
