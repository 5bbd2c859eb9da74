import { readFile, stat } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import { deviceGraph, outputLocations } from '@nexttoken/onnx-decoder';
import { InferenceSession } from 'onnxruntime-node';
import type { OpenOptions } from './onnx-node-model-options';
import { physicalCores } from './physical-cores';

/** Providers without ONNX Runtime's fused products, which they would send to the CPU. */
const withoutFusedProducts = new Set(['webgpu', 'dml', 'coreml']);

/** Whether tensors can stay in a device's memory between runs. */
export function keepsTensors(device: string): boolean {
  return device === 'webgpu';
}

/** Options that every session on a device gets. */
export function deviceOptions({
  device,
  threads = physicalCores(),
}: OpenOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  };
}

/**
 * Opens the decoder graph.
 * @param profile prefix of a file that the first passes are written to, for {@link providerReport}
 * @throws NextTokenError `file-not-found`
 */
export async function openSession(options: OpenOptions, profile?: string): Promise<InferenceSession> {
  const { graph, weightsFolder, device, contextLength } = options;
  if (typeof graph === 'string')
    await stat(graph).catch((cause) => {
      throw new NextTokenError('file-not-found', `there is no file ${graph}`, { path: graph }, { cause });
    });
  const sums = device === 'webgpu' ? 'cache' : 'none';
  const taken =
    typeof graph !== 'string' && withoutFusedProducts.has(device)
      ? deviceGraph(graph, { contextLength, sums })
      : graph;
  const locations = keepsTensors(device)
    ? { preferredOutputLocation: outputLocations(typeof taken === 'string' ? await readFile(taken) : taken) }
    : {};
  const sessionOptions: InferenceSession.SessionOptions = {
    ...deviceOptions(options),
    ...locations,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
    ...(weightsFolder === undefined
      ? {}
      : { extra: { session: { model_external_initializers_file_folder_path: weightsFolder } } }),
  };
  return typeof taken === 'string'
    ? InferenceSession.create(taken, sessionOptions)
    : InferenceSession.create(taken, sessionOptions);
}
