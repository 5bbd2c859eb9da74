import { NextTokenError } from '@nexttoken/model';
import type { HubPlatform } from '../platform/hub-platform';
import { type DownloadedRepository, downloadRepository } from './download-repository';
import { checkRepositoryOptions, type RepositoryOptions } from './repository-options';

export interface DatasetOptions extends RepositoryOptions {
  /** Picks from the names of all tables and texts; default: all Parquet files. */
  readonly files?: (paths: readonly string[]) => readonly string[];
}

const readable = /\.(parquet|jsonl?|csv|tsv|txt)$/i;

export async function bringDataset(
  platform: HubPlatform,
  id: string,
  options: DatasetOptions,
): Promise<DownloadedRepository> {
  checkRepositoryOptions('downloadDataset', options, ['files']);
  const { files = (paths) => paths.filter((path) => /\.parquet$/i.test(path)) } = options;
  return downloadRepository(
    platform,
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
