export { load } from './browser/load';
export { loadTokenizer } from './browser/load-tokenizer';
export { openCheckpoint } from './browser/open-checkpoint';
export { clearWeightsCache, listWeightsCache } from './browser/weights-cache';
export type {
  WeightsCacheClearing,
  WeightsCacheEntry,
  WeightsCacheListing,
  WeightsCacheOptions,
} from './cache/weights-cache-types';
export type {
  DeviceEvent,
  HubOptions,
  Load,
  LoadedModel,
  LoadedTokenizer,
  LoadOptions,
  LoadProgress,
  LoadTokenizer,
  ModelFiles,
  ModelSource,
  OpenCheckpoint,
} from './load/load-types';
export { embeddedNames } from './source/embedded-names';
