import { nodePlatform } from './node/node-platform';
import { type Hub, hubOn } from './platform/hub';

export type { CachedModel, FindOptions } from './cache/find-model';
export type { CacheEntry, CacheListing } from './cache/list-models';
export type { VerifiedModel, VerifyOptions } from './cache/verify-model';
export type { DatasetOptions } from './download/bring-dataset';
export type { DownloadedModel, DownloadOptions } from './download/bring-model';
export type { DownloadedRepository } from './download/download-repository';
export { isModelId } from './download/model-id';
export type { DownloadPlan, PlannedFile } from './download/plan-repository';
export type { Hub } from './platform/hub';
export type { HubSettings, HubSettingsOptions } from './platform/hub-settings';
export type { DownloadProgress, FileProgress } from './progress/progress-meter';
export type { WeightsChoice, WeightsFormat } from './selection/needed-files';

const hub: Hub = hubOn(nodePlatform);

export const {
  downloadModel,
  planDownload,
  downloadDataset,
  findCachedModel,
  openCachedFile,
  listCachedModels,
  verifyCachedModel,
  removeCachedModel,
  hubSettings,
} = hub;
