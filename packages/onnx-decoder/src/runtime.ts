import type { InferenceSession, TensorConstructor, TensorFactory } from 'onnxruntime-common';

/** What both ONNX Runtime packages offer and this package needs; the adapter passes its own in. */
export interface OnnxRuntime {
  readonly Tensor: TensorConstructor & TensorFactory;
}

/** An open session and the runtime it belongs to. */
export interface OpenSession {
  readonly runtime: OnnxRuntime;
  readonly session: InferenceSession;
  /** Runs the graph for some outputs, default all; an adapter may guard it. */
  readonly run: (
    feeds: InferenceSession.FeedsType,
    outputs?: readonly string[],
  ) => Promise<InferenceSession.ReturnType>;
}
