import { invalidParameter } from '@nexttoken/model';
import type { NgramColumns } from '../columns/ngram-columns';
import { type ParquetCompressors, type ParquetSource, parquetRows } from './parquet-file';

/**
 * Reads n-grams of one length and their counts from Parquet files with the columns `w0`, `w1`, … and `count`, as a
 * database writes them.
 *
 * @param length how many word columns there are; an integer >= 1
 * @throws NextTokenError `invalid-file`; `invalid-parameter` for a column that is missing
 */
export async function readNgramColumns(
  files: ParquetSource | readonly ParquetSource[],
  length: number,
  options: { readonly compressors?: ParquetCompressors } = {},
): Promise<NgramColumns> {
  if (!Number.isInteger(length) || length < 1) {
    throw invalidParameter('readNgramColumns', 'length', length, 'an integer >= 1');
  }
  const names = Array.from({ length }, (_, place) => `w${place}`);
  const words: string[][] = names.map(() => []);
  const counts: number[] = [];
  const list = Array.isArray(files) ? (files as readonly ParquetSource[]) : [files as ParquetSource];
  for (const file of list) {
    for await (const rows of parquetRows(file, [...names, 'count'], options.compressors)) {
      for (const row of rows) {
        for (const [place, name] of names.entries()) words[place]!.push(String(row[name]));
        counts.push(Number(row.count));
      }
    }
  }
  return { words, counts };
}
