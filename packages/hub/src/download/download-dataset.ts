import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import {
  type DownloadedRepository,
  downloadRepository,
  type RepositoryOptions,
  repositoryOptionNames,
} from './download-repository';

export interface DatasetOptions extends RepositoryOptions {
  /** Picks from the names of all tables and texts; default: all Parquet files. */
  readonly files?: (paths: readonly string[]) => readonly string[];
}

const readable = /\.(parquet|jsonl?|csv|tsv|txt)$/i;

/**
 * Brings files of a dataset repository into the Hugging Face cache, as `downloadModel` does for models. Only tables
 * and texts (Parquet, JSON, CSV, TSV, plain text) are ever fetched.
 *
 * @param id `organisation/name`
 * @returns the folder, and the names of the chosen files in it
 * @throws NextTokenError `file-not-found` when nothing is chosen or a chosen file is not there; as `downloadModel`
 */
export async function downloadDataset(
  id: string,
  options: DatasetOptions = {},
): Promise<DownloadedRepository> {
  checkOptionNames('downloadDataset', options, [...repositoryOptionNames, 'files']);
  const { files = (paths) => paths.filter((path) => /\.parquet$/i.test(path)) } = options;
  return downloadRepository(
    'dataset',
    id,
    (paths) => {
      const tables = paths.filter((path) => readable.test(path));
      const chosen = files(tables);
      const missing = chosen.find((path) => !tables.includes(path));
      if (chosen.length > 0 && missing === undefined) return chosen;
      const what = missing === undefined ? 'no file of the kind asked for' : `no table or text ${missing}`;
      throw new NextTokenError('file-not-found', `${id} has ${what}`, {
        path: `${id}/${missing ?? ''}`,
        name: id,
      });
    },
    options,
  );
}
