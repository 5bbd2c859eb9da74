export { chain, type ProcessorChain } from './chain/chain';
export { type OrderStage, orderOf } from './chain/order-of';
export {
  type CompiledSampler,
  type CompiledSamplerState,
  type CompileOptions,
  compile,
} from './compile/compile';
export type { RowProbe } from './compile/probe-row';
export type { KernelRest, RowKernel } from './compile/row-kernel';
export type { StageErrorHandler } from './compile/stages-of';
export { fromData } from './data/from-data';
export type {
  DataOptions,
  ProcessorRegistration,
  Registration,
  SamplerRegistration,
} from './data/registration';
export type { SamplingData } from './data/sampling-data';
export { toData } from './data/to-data';
export {
  type DefinedProcessor,
  defineProcessor,
  type ProcessorDefinition,
} from './define/define-processor';
export type { WindowOptions } from './history/window';
export type { TruncationOptions } from './parameters/min-tokens-to-keep';
export type { TiesOptions } from './parameters/ties';
export {
  type FromGenerationConfigOptions,
  fromGenerationConfig,
  type GenerationSetup,
} from './presets/from-generation-config';
export { type FromLlamaCppOptions, fromLlamaCpp, type LlamaCppSetup } from './presets/from-llama-cpp';
export type { GenerationLoop } from './presets/generation-loop';
export type { HuggingFaceGenerationConfig } from './presets/hugging-face-generation-config';
export { type HuggingFacePresetOptions, huggingFacePreset } from './presets/hugging-face-preset';
export type { LlamaCppLoop } from './presets/llama-cpp-loop';
export type { LlamaCppBias, LlamaCppParameters } from './presets/llama-cpp-parameters';
export { type LlamaCppPresetOptions, llamaCppPreset } from './presets/llama-cpp-preset';
export type { PresetOptions } from './presets/preset-options';
export { type AllowedTokens, type AllowTokensOptions, allowTokens } from './processors/allow-tokens';
export { type BadWordsOptions, badWords } from './processors/bad-words';
export { classifierFreeGuidance } from './processors/classifier-free-guidance';
export { type DryOptions, dry } from './processors/dry';
export { dryBreakers } from './processors/dry-breakers';
export { type DynamicTemperatureOptions, dynamicTemperature } from './processors/dynamic-temperature';
export { encoderNoRepeatNgram } from './processors/encoder-no-repeat-ngram';
export { type EncoderOptions, encoderRepetitionPenalty } from './processors/encoder-repetition-penalty';
export { epsilonCutoff } from './processors/epsilon-cutoff';
export { etaCutoff } from './processors/eta-cutoff';
export {
  type ExponentialDecayLengthOptions,
  exponentialDecayLength,
} from './processors/exponential-decay-length';
export { forcedBos } from './processors/forced-bos';
export { type ForcedEosOptions, forcedEos } from './processors/forced-eos';
export { frequencyPenalty } from './processors/frequency-penalty';
export { hammingDiversity } from './processors/hamming-diversity';
export { infNanRemove } from './processors/inf-nan-remove';
export { logNormalize } from './processors/log-normalize';
export { logitBias } from './processors/logit-bias';
export { type MinLengthOptions, minLength } from './processors/min-length';
export { type MinNewTokensOptions, minNewTokens } from './processors/min-new-tokens';
export { minP } from './processors/min-p';
export { noRepeatNgram } from './processors/no-repeat-ngram';
export { presencePenalty } from './processors/presence-penalty';
export { type RepetitionPenaltyOptions, repetitionPenalty } from './processors/repetition-penalty';
export { type SequenceBias, sequenceBias } from './processors/sequence-bias';
export { suppressTokens } from './processors/suppress-tokens';
export {
  type SuppressTokensAtBeginOptions,
  suppressTokensAtBegin,
} from './processors/suppress-tokens-at-begin';
export { temperature } from './processors/temperature';
export { topH } from './processors/top-h';
export { topK } from './processors/top-k';
export { topNSigma } from './processors/top-n-sigma';
export { topP } from './processors/top-p';
export { typicalP } from './processors/typical-p';
export { type XtcOptions, xtc } from './processors/xtc';
export { type AdaptivePOptions, type AdaptivePState, adaptiveP } from './samplers/adaptive-p';
export { categorical } from './samplers/categorical';
export { greedy } from './samplers/greedy';
export { gumbelMax } from './samplers/gumbel-max';
export { type MirostatOptions, mirostat } from './samplers/mirostat';
export type { MirostatState } from './samplers/mirostat-state';
export { type MirostatV2Options, mirostatV2 } from './samplers/mirostat-v2';
export type { ChainTrace, TracedStage, TracedToken } from './trace/chain-trace';
export { type TraceOptions, traceChain } from './trace/trace-chain';
