export { type LoadCorpusParquetOptions, loadCorpusParquet } from './load-corpus-parquet';
export type { ParquetCompressors, ParquetSource } from './parquet-file';
export { readNgramColumns } from './read-ngram-columns';
