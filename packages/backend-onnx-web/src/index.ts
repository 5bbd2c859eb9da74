export { createOnnxWebModel, type OnnxWebModelOptions } from './create-onnx-web-model';
export type { DeviceEvent } from './device-event';
export type { ExternalData, PieceSink } from './external-data';
export { onnxWebLiveHandles } from './live-handles';
export { checkBufferSizes, checkWasmMemory, type ModelSize } from './memory/check-size';
export type { WasmPaths } from './runtime/configure-wasm';
