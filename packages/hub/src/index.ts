export { type CacheEntry, type CacheListing, listCachedModels } from './cache/list-cached-models';
export { removeCachedModel } from './cache/remove-cached-model';
export { type VerifiedModel, verifyCachedModel } from './cache/verify-cached-model';
export { type DownloadedModel, type DownloadOptions, downloadModel } from './download/download-model';
export { type CachedModel, findCachedModel } from './download/find-cached-model';
export { isModelId } from './download/model-id';
export { type HubSettings, type HubSettingsOptions, hubSettings } from './environment/hub-settings';
export type { DownloadProgress, FileProgress } from './progress/progress-meter';
export type { WeightsChoice, WeightsFormat } from './selection/needed-files';
