/** How many models, sessions and caches of this thread are open; all zero when everything was disposed. */
export { liveHandles as onnxWebLiveHandles } from '@nexttoken/onnx-decoder';
export { createOnnxWebModel, type OnnxWebModelOptions } from './create-onnx-web-model';
export type { ExternalData } from './open-model';
export type { WasmPaths } from './runtime/configure-wasm';
