/** How many models, sessions and caches of this thread are open; all zero when everything was disposed. */
export { liveHandles as onnxNodeLiveHandles } from '@nexttoken/onnx-decoder';
export { createOnnxNodeModel } from './create-onnx-node-model';
export { type OnnxNodeDevice, onnxNodeDevices } from './devices/onnx-node-devices';
export type { OnnxNodeModelOptions } from './onnx-node-model-options';
