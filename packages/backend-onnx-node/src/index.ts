export { createOnnxNodeModel, type OnnxNodeModelOptions } from './create-onnx-node-model';
export { type OnnxNodeDevice, onnxNodeDevices } from './devices/onnx-node-devices';
