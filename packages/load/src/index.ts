export { clearWeightsCache } from './cache/clear-weights-cache';
export { listWeightsCache } from './cache/list-weights-cache';
export type {
  WeightsCacheClearing,
  WeightsCacheEntry,
  WeightsCacheListing,
  WeightsCacheOptions,
} from './cache/weights-cache-types';
export { load } from './load/load';
export { loadTokenizer } from './load/load-tokenizer';
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
export { openCheckpoint } from './load/open-checkpoint';
export { embeddedNames } from './source/embedded-names';
