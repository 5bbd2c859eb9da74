export { createNextToken, type NextTokenProvider, type NextTokenSettings } from './create-next-token';
export type { ModelSource } from './model/model-source';
