export { createOnnxNodeModel } from './create-onnx-node-model';
export { type OnnxNodeDevice, onnxNodeDevices } from './devices/onnx-node-devices';
export { onnxNodeLiveHandles } from './live-handles';
export type { OnnxNodeModelOptions } from './onnx-node-model-options';
