export { createOnnxWebModel, type OnnxWebModelOptions } from './create-onnx-web-model';
export { onnxWebLiveHandles } from './live-handles';
export type { ExternalData } from './open-model';
export type { WasmPaths } from './runtime/configure-wasm';
