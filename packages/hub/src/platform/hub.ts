import { type CachedModel, type FindOptions, findModel, openModelFile } from '../cache/find-model';
import { type CacheListing, listModels } from '../cache/list-models';
import { removeModel } from '../cache/remove-model';
import { type VerifiedModel, type VerifyOptions, verifyModel } from '../cache/verify-model';
import { bringDataset, type DatasetOptions } from '../download/bring-dataset';
import { bringModel, type DownloadedModel, type DownloadOptions, planModel } from '../download/bring-model';
import type { DownloadedRepository } from '../download/download-repository';
import type { DownloadPlan } from '../download/plan-repository';
import type { HubPlatform } from './hub-platform';
import type { HubSettings, HubSettingsOptions } from './hub-settings';

/** What this package does, the same in Node and in browsers. */
export interface Hub {
  /**
   * Brings a model from the hub into the cache and returns its folder. In Node that is the usual Hugging Face cache,
   * which Python's tools share; in browsers the origin private file system, for which lasting storage is asked.
   * Only the files that running it needs, each checked against the checksum the hub announced before it gets its
   * name; what is there already is not fetched again, what is half there is gone on with.
   *
   * @param id `organisation/name`
   * @throws NextTokenError `access-denied` (private, gated, no token), `model-not-found`, `request-failed` (after all
   *   tries), `offline` (not in the cache), `file-not-found` (no usable weights), `checksum-mismatch`, `unsafe-path`,
   *   `invalid-file` (the server contradicts itself), `cache-failed` (no room, or not writable), `invalid-parameter`,
   *   `unsupported-capability` (a browser that keeps no files); the signal's reason on abort
   */
  readonly downloadModel: (id: string, options?: DownloadOptions) => Promise<DownloadedModel>;
  /**
   * What `downloadModel` would bring, with sizes; fetches the listing alone.
   * @throws NextTokenError as `downloadModel`; `offline` when no server may be asked
   */
  readonly planDownload: (id: string, options?: DownloadOptions) => Promise<DownloadPlan>;
  /**
   * Brings files of a dataset repository into the cache, as `downloadModel` does for models. Only tables and texts
   * (Parquet, JSON, CSV, TSV, plain text) are ever fetched.
   *
   * @param id `organisation/name`
   * @returns the folder, and the names of the chosen files in it
   * @throws NextTokenError `file-not-found` when nothing is chosen or a chosen file is not there; as `downloadModel`
   */
  readonly downloadDataset: (id: string, options?: DatasetOptions) => Promise<DownloadedRepository>;
  /**
   * A model as the cache has it (in Node from this package or from Python's tools); asks no server.
   * @returns `undefined` where the cache has nothing of it
   * @throws NextTokenError `invalid-parameter`
   */
  readonly findCachedModel: (id: string, options?: FindOptions) => Promise<CachedModel | undefined>;
  /**
   * One file of a cached model. The bytes stay on disk until they are read.
   * @param path as `findCachedModel` and `downloadModel` name it
   * @throws NextTokenError `offline` when the cache has nothing of the model, `file-not-found`, `unsafe-path`
   */
  readonly openCachedFile: (id: string, path: string, options?: FindOptions) => Promise<Blob>;
  /** What the cache has of models. A folder that is not there is an empty cache. */
  readonly listCachedModels: (options?: HubSettingsOptions) => Promise<CacheListing>;
  /**
   * Reads every content of a cached model and compares it with the checksum it is named by.
   * @throws NextTokenError `offline` when the cache has nothing of it; the signal's reason on abort
   */
  readonly verifyCachedModel: (id: string, options?: VerifyOptions) => Promise<VerifiedModel>;
  /**
   * Removes all that the cache has of a model: all revisions, unfinished downloads too.
   * @throws NextTokenError `offline` when the cache has nothing of it; `cache-failed` while a process or tab downloads
   *   it, or when it cannot be removed
   */
  readonly removeCachedModel: (id: string, options?: HubSettingsOptions) => Promise<void>;
  /**
   * The settings in force: in Node those of Hugging Face's own tools, from the same variables and files.
   * @throws NextTokenError `invalid-parameter` for an endpoint that is no http(s) URL
   */
  readonly hubSettings: (options?: HubSettingsOptions) => Promise<HubSettings>;
}

/** The package's functions on a platform. */
export function hubOn(platform: HubPlatform): Hub {
  return {
    downloadModel: (id, options = {}) => bringModel(platform, id, options),
    planDownload: (id, options = {}) => planModel(platform, id, options),
    downloadDataset: (id, options = {}) => bringDataset(platform, id, options),
    findCachedModel: (id, options = {}) => findModel(platform, id, options),
    openCachedFile: (id, path, options = {}) => openModelFile(platform, id, path, options),
    listCachedModels: (options = {}) => listModels(platform, options),
    verifyCachedModel: (id, options = {}) => verifyModel(platform, id, options),
    removeCachedModel: (id, options = {}) => removeModel(platform, id, options),
    hubSettings: (options = {}) => platform.settings(options),
  };
}
