import { liveHandles } from '@nexttoken/onnx-decoder';

/**
 * How many models, sessions, caches and tensors in a device's memory this thread holds; all zero when everything was
 * disposed. What a model's worker holds, its `describe()` says.
 */
export function onnxNodeLiveHandles(): {
  models: number;
  sessions: number;
  caches: number;
  tensors: number;
} {
  return liveHandles();
}
