export { type CollectedRow, collect } from './events/collect';
export { generate } from './loop/generate';
export type { GenerateOptions } from './options/generate-options';
