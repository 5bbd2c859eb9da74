export { checkOptionNames } from './errors/check-option-names';
export type { NextTokenErrorCode } from './errors/error-code';
export { invalidParameter } from './errors/invalid-parameter';
export { nearestName } from './errors/nearest-name';
export { NextTokenError, type NextTokenErrorDetails } from './errors/next-token-error';
export { unknownOption } from './errors/unknown-option';
export type { GenerationConfig } from './generation/generation-config';
export type {
  DraftedToken,
  DraftStatistics,
  FinishEvent,
  FinishReason,
  GenerationEvent,
  PrefillEvent,
  StepCapture,
  StepEvent,
  TextEvent,
} from './generation/step-event';
export type { Capabilities } from './language-model/capabilities';
export type { LanguageModel, ModelDescription, SessionOptions } from './language-model/language-model';
export type { Logits } from './language-model/logits';
export type {
  AttentionPatterns,
  ForwardCapture,
  ForwardOptions,
  ForwardProgress,
  ForwardResult,
  HiddenStates,
  LogitsRequest,
  RowTokens,
  Session,
} from './language-model/session';
export type { TopLogits } from './language-model/top-logits';
export type { Random, RandomState } from './random/random';
export type { LogitsProcessor, ProcessorRequirements } from './sampling/logits-processor';
export type { ProcessorContext, SiblingRows } from './sampling/processor-context';
export type { SampleResult, Sampler, SamplerContext } from './sampling/sampler';
export { checkStreamRequest } from './stream-model/check-stream-request';
export type { StreamCapabilities, StreamOption, StreamPromptKind } from './stream-model/stream-capabilities';
export type {
  StreamCandidate,
  StreamDeltaEvent,
  StreamEvent,
  StreamFinishEvent,
  StreamFinishReason,
  StreamPromptEvent,
  StreamToken,
  StreamUsage,
} from './stream-model/stream-event';
export type { StreamDescription, StreamModel } from './stream-model/stream-model';
export { streamProcessors } from './stream-model/stream-processors';
export type { StreamPrompt, StreamRequest } from './stream-model/stream-request';
export type { PaddingSettings, TextSide, TruncationSettings } from './tokenizer/batch-settings';
export type {
  ChatMessage,
  ChatSpan,
  ChatTemplate,
  ChatTemplateOptions,
  RenderedChat,
} from './tokenizer/chat-template';
export type { StreamDecoder } from './tokenizer/stream-decoder';
export type { TokenOffset } from './tokenizer/token-offset';
export type {
  TokenizationTrace,
  TraceMerge,
  TracePiece,
  TraceStep,
  TraceToken,
  TraceWord,
} from './tokenizer/tokenization-trace';
export type {
  DecodeOptions,
  EncodeOptions,
  Encoding,
  SpecialTokens,
  Tokenizer,
} from './tokenizer/tokenizer';
