export type { Dialect, LogprobsForm, StageFields } from './dialects/dialect';
export { dialects } from './dialects/dialects';
export type { ServerOptions } from './http/server-options';
export { openAITokenModel, type TokenModelOptions } from './one-token/openai-token-model';
export { type ProbeOptions, probeServer } from './probe/probe-server';
export type { ServerLimits } from './probe/server-limits';
export { openAIStreamModel, type StreamModelOptions } from './stream/openai-stream-model';
