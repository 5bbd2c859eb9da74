import type { InferenceSession, TensorConstructor, TensorFactory } from 'onnxruntime-common';
import type { DeviceMemory } from './device/device-memory';

/** What both ONNX Runtime packages offer and this package needs; the adapter passes its own in. */
export interface OnnxRuntime {
  readonly Tensor: TensorConstructor & TensorFactory;
}

/** Inputs, or a function that makes them when the run has its turn. */
export type Feeds = InferenceSession.FeedsType | (() => InferenceSession.FeedsType);

export function feedsOf(feeds: Feeds): InferenceSession.FeedsType {
  return typeof feeds === 'function' ? feeds() : feeds;
}

/** An open session and the runtime it belongs to. */
export interface OpenSession {
  readonly runtime: OnnxRuntime;
  readonly session: InferenceSession;
  /** Where the cache is to stay on the device: the memory there. */
  readonly device?: DeviceMemory | undefined;
  /** Runs the graph for some outputs, default all; an adapter may guard it. */
  readonly run: (feeds: Feeds, outputs?: readonly string[]) => Promise<InferenceSession.ReturnType>;
}
