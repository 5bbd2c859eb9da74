import { liveHandles } from '@nexttoken/onnx-decoder';

/** How many models, sessions and caches of this thread are open; all zero when everything was disposed. */
export function onnxWebLiveHandles(): { models: number; sessions: number; caches: number } {
  return liveHandles();
}
