export { readArpaFile, saveArpa } from './arpa-files';
export { createNgramIndexInWorkers, type WorkerIndexOptions } from './create-index-in-workers';
export { type LoadCorpusFileOptions, loadCorpusFile } from './load-corpus-file';
export {
  openNgramIndex,
  openPagedNgramIndex,
  type PagedIndexOptions,
  type PagedNgramIndex,
  type SaveOptions,
  saveNgramIndex,
} from './ngram-index-files';
