export type { BatchStatistics } from './batch/batch';
export { type BatchedModel, type BatchedModelOptions, batchedModel } from './batch/batched-model';
export type { ServeOptions, Server } from './http/server-options';
export { serve } from './serve';
