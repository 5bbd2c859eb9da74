/** How many models, sessions and caches of this thread are open; all zero when everything was disposed. */
export { liveHandles as onnxNodeLiveHandles } from '@nexttoken/onnx-decoder';
export { createOnnxNodeModel, type OnnxNodeModelOptions } from './create-onnx-node-model';
export { type OnnxNodeDevice, onnxNodeDevices } from './devices/onnx-node-devices';
