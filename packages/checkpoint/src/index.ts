export {
  type Activation,
  type Architecture,
  type ArchitectureFamily,
  ropeOf,
  type SlidingWindow,
  slidingWindowOf,
} from './architectures/architecture';
export type { RopeScaling, RotaryEmbedding } from './architectures/rotary-embedding';
export { withLongContext } from './architectures/with-long-context';
export type { Checkpoint, ReadOptions } from './checkpoint/checkpoint';
export type { TensorInfo } from './checkpoint/tensor-info';
export { openGguf } from './gguf/open-gguf';
export { type ConfigTokenIds, huggingFaceConfig } from './hugging-face-config/hugging-face-config';
export { checkpointModuleTree } from './module-tree/checkpoint-module-tree';
export type { ModuleNode, ModuleParameter, ModuleTree, PrintedBy } from './module-tree/module-node';
export { type ModuleTreeOptions, type ModuleTreeParts, moduleTree } from './module-tree/module-tree';
export { renderModuleTable } from './module-tree/render-module-table';
export { renderModuleTree } from './module-tree/render-module-tree';
export { encodeFloat16 } from './numbers/encode-float16';
export { float16Table } from './numbers/float16-table';
export { openSafetensors, type SafetensorsFiles } from './safetensors/open-safetensors';
export {
  type SafetensorsSink,
  type WriteSafetensorsOptions,
  type WrittenDtype,
  type WrittenSafetensors,
  writeSafetensors,
} from './safetensors/write-safetensors';
export { blobSource } from './source/blob-source';
export type { ByteSource } from './source/byte-source';
export { bytesSource } from './source/bytes-source';
export { type UrlSourceOptions, urlSource } from './source/url-source';
