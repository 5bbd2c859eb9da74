export { type ExportedDecoder, type ExportOptions, exportDecoder, exportVersion } from './export-decoder';
export type { WeightSink, WriteWeightsOptions } from './weights/write-weights';
