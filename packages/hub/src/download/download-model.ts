import { checkOptionNames } from '@nexttoken/model';
import { neededFiles, type WeightsChoice } from '../selection/needed-files';
import {
  type DownloadedRepository,
  downloadRepository,
  type RepositoryOptions,
  repositoryOptionNames,
} from './download-repository';

export interface DownloadOptions extends RepositoryOptions, WeightsChoice {}

export type DownloadedModel = DownloadedRepository;

/**
 * Brings a model from the hub into the usual Hugging Face cache, which Python's tools share, and returns its folder.
 * Only the files that running it needs, each checked against the checksum the hub announced before it gets its
 * name; what is there already is not fetched again, what is half there is gone on with.
 *
 * @param id `organisation/name`
 * @throws NextTokenError `access-denied` (private, gated, no token), `model-not-found`, `request-failed` (after all
 *   tries), `offline` (not in the cache), `file-not-found` (no usable weights), `checksum-mismatch`, `unsafe-path`,
 *   `invalid-file` (the server contradicts itself), `cache-failed`, `invalid-parameter`; the signal's reason on abort
 */
export async function downloadModel(id: string, options: DownloadOptions = {}): Promise<DownloadedModel> {
  checkOptionNames('downloadModel', options, [...repositoryOptionNames, 'weights', 'file']);
  return downloadRepository('model', id, (paths) => neededFiles(id, paths, options), options);
}
