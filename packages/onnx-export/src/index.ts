export { type ExportedDecoder, type ExportOptions, exportDecoder, exportVersion } from './export-decoder';
export {
  type FolderDtype,
  folderDtypes,
  type OnnxFolder,
  type OnnxFolderOptions,
  onnxFolder,
} from './folder/onnx-folder';
export {
  type WeightsInMemoryOptions,
  wasmMemoryLimit,
  weightsInMemory,
} from './folder/weights-in-memory';
export type { GraphTail } from './tails/graph-tail';
export { storedWeightDtype } from './weights/stored-weight-dtype';
export {
  type WeightDtype,
  type WeightPrecision,
  weightDtypes,
  weightPrecisions,
} from './weights/weight-dtype';
export { weightSettings } from './weights/weight-settings';
export type { WeightSink, WriteWeightsOptions } from './weights/write-weights';
