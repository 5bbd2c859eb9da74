import { NextTokenError } from '@nexttoken/model';
import { deviceGraph, outputLocations, splitRows } from '@nexttoken/onnx-decoder';
import type { InferenceSession } from 'onnxruntime-web';
import { isSoftware, newDevice, type WebGpuDevice, webGpu } from '../devices/web-gpu';
import { bufferLimit } from '../memory/check-size';
import type { OpenOptions } from '../open-model';
import type { WebRuntime } from './load-runtime';

export interface OpenedSession {
  readonly session: InferenceSession;
  /** Present for WebGPU. */
  readonly gpu?: {
    readonly device: WebGpuDevice;
    readonly options: InferenceSession.SessionOptions;
    readonly isSoftware: boolean;
    /** Bytes above which tensors were split, where any was. */
    readonly splitAbove: number | undefined;
  };
}

const common = { graphOptimizationLevel: 'all', logSeverityLevel: 3 } as const;

/** Opens the decoder graph on its device. */
export async function openWebSession(
  { InferenceSession: Sessions }: WebRuntime,
  { graph, externalData, device, contextLength }: OpenOptions,
): Promise<OpenedSession> {
  const data = externalData.length > 0 ? { externalData: [...externalData] } : {};
  if (device === 'wasm')
    return { session: await Sessions.create(graph, { ...common, ...data, executionProviders: ['wasm'] }) };
  const adapter = await webGpu()?.requestAdapter();
  if (!adapter)
    throw new NextTokenError('device-unavailable', 'device webgpu: WebGPU has no adapter in this thread', {
      device,
      available: ['wasm'],
      reason: 'no adapter',
    });
  const gpu = await newDevice(adapter);
  const options = { ...common, executionProviders: [{ name: 'webgpu', device: gpu as never }] };
  const limit = bufferLimit(adapter.limits);
  const fitting = splitRows(graph, limit);
  const inSoftware = isSoftware(adapter);
  const sums = inSoftware ? 'all' : 'cache';
  const rewritten = deviceGraph(fitting, { contextLength, sums });
  const session = await Sessions.create(rewritten, {
    ...options,
    ...data,
    preferredOutputLocation: outputLocations(rewritten),
  });
  const splitAbove = fitting === graph ? undefined : limit;
  return { session, gpu: { device: gpu, options, isSoftware: inSoftware, splitAbove } };
}
