export type { Architecture, RotaryEmbedding } from './architectures/architecture';
export type { Checkpoint, ReadOptions } from './checkpoint/checkpoint';
export type { TensorInfo } from './checkpoint/tensor-info';
export { openGguf } from './gguf/open-gguf';
export { openSafetensors, type SafetensorsFiles } from './safetensors/open-safetensors';
export { blobSource } from './source/blob-source';
export type { ByteSource } from './source/byte-source';
export { bytesSource } from './source/bytes-source';
export { type UrlSourceOptions, urlSource } from './source/url-source';
