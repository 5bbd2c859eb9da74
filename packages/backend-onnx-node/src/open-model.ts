import { stat } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import { DecoderModel } from '@nexttoken/onnx-decoder';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { nodeAddonVersion } from './devices/onnx-node-devices';
import type { OpenOptions } from './onnx-node-model-options';

async function openSession(options: OpenOptions): Promise<InferenceSession> {
  const { graph, weightsFolder, threads, device } = options;
  const sessionOptions: InferenceSession.SessionOptions = {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    ...(weightsFolder === undefined
      ? {}
      : { extra: { session: { model_external_initializers_file_folder_path: weightsFolder } } }),
  };
  if (typeof graph !== 'string') return InferenceSession.create(graph, sessionOptions);
  await stat(graph).catch((cause) => {
    throw new NextTokenError('file-not-found', `there is no file ${graph}`, { path: graph }, { cause });
  });
  return InferenceSession.create(graph, sessionOptions);
}

/** Wraps every call into the runtime, e.g. to hold a process exit back. */
export type RuntimeGuard = <T>(work: () => Promise<T>) => Promise<T>;

/** Opens the model in the present thread. */
export async function openModel(
  options: OpenOptions,
  guard: RuntimeGuard = (work) => work(),
): Promise<DecoderModel> {
  const {
    modelId,
    graph,
    contextLength,
    vocabSize,
    dtype,
    device,
    keyValueHeadCount,
    headSize,
    chunkLength,
  } = options;
  const session = await guard(() => openSession(options)).catch((cause) => {
    if (NextTokenError.isInstance(cause)) throw cause;
    const path = typeof graph === 'string' ? graph : undefined;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new NextTokenError(
      'backend-failed',
      `onnxruntime cannot open ${path ?? modelId}: ${message}`,
      { path, modelId },
      { cause },
    );
  });
  try {
    return new DecoderModel(
      {
        runtime: { Tensor },
        session,
        run: (feeds, outputs) => guard(() => (outputs ? session.run(feeds, outputs) : session.run(feeds))),
      },
      {
        modelId,
        contextLength,
        vocabSize,
        dtype,
        backend: 'onnxruntime-node',
        device,
        hints: { keyValueHeadCount, headSize },
        ...(chunkLength === undefined ? {} : { chunkLength }),
        details: { provider: device, runtimeVersion: nodeAddonVersion() },
      },
    );
  } catch (error) {
    await session.release();
    throw error;
  }
}
