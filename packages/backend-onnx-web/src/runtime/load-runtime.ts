import type * as OnnxRuntimeWeb from 'onnxruntime-web';
import type { RuntimeBuild } from './runtime-build';

/** What every build of onnxruntime-web has. */
export type WebRuntime = Pick<typeof OnnxRuntimeWeb, 'env' | 'InferenceSession' | 'Tensor'>;

/** Imports a build into the present thread. */
export function loadRuntime(build: RuntimeBuild): Promise<WebRuntime> {
  if (build === 'jspi') return import('onnxruntime-web/jspi');
  if (build === 'asyncify') return import('onnxruntime-web/webgpu');
  return import('onnxruntime-web/wasm');
}
