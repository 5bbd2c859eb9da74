import { invalidParameter } from '@nexttoken/model';
import { type CorpusPiece, type LoadCorpusOptions, loadCorpus } from '../corpus/load-corpus';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { type ParquetCompressors, type ParquetSource, parquetRows } from './parquet-file';

export interface LoadCorpusParquetOptions extends LoadCorpusOptions {
  /** The column: texts (every line a sentence), or lists of tokens (each one sentence). Default `text`. */
  readonly column?: string;
  readonly compressors?: ParquetCompressors;
}

/**
 * Reads one column of Parquet files, e.g. those of a dataset repository, as a corpus. One group of rows is in memory at a
 * time. Rows that are `null` are passed over.
 *
 * @throws NextTokenError `invalid-file` for what is no Parquet file or cannot be decompressed; `invalid-parameter` for a
 *   column that is not there or holds neither texts nor lists of texts; as `loadCorpus`
 */
export async function loadCorpusParquet(
  files: ParquetSource | readonly ParquetSource[],
  { column = 'text', compressors, ...options }: LoadCorpusParquetOptions = {},
): Promise<NgramCorpus> {
  const list = Array.isArray(files) ? (files as readonly ParquetSource[]) : [files as ParquetSource];
  return loadCorpus(pieces(list, column, compressors), options);
}

async function* pieces(
  files: readonly ParquetSource[],
  column: string,
  compressors: ParquetCompressors | undefined,
): AsyncGenerator<CorpusPiece> {
  for (const file of files) {
    for await (const rows of parquetRows(file, [column], compressors)) {
      for (const row of rows) {
        const value = row[column];
        if (value === null || value === undefined) continue;
        if (typeof value === 'string') yield `${value}\n`;
        else if (isTokenList(value)) yield value;
        else
          throw invalidParameter(
            'loadCorpusParquet',
            'column',
            column,
            'a column of texts or of lists of texts',
          );
      }
    }
  }
}

function isTokenList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((token) => typeof token === 'string');
}
