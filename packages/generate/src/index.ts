export type {
  BeamCandidate,
  BeamEvent,
  BeamFinishEvent,
  BeamHypothesis,
  BeamSearchEnd,
  BeamStepEvent,
  CandidateFate,
  CandidateReason,
} from './beam/beam-events';
export { beamSearch } from './beam/beam-search';
export type { BeamSearchOptions, BeamStopContext } from './beam/beam-search-options';
export { type CollectedBeams, collectBeams } from './beam/collect-beams';
export { type Chat, chat } from './chat/chat';
export type { ChatOptions, TrimEvent } from './chat/chat-options';
export type {
  ConstrainingProcessor,
  ConstraintDescription,
  ObjectProcessor,
} from './constraint/constraining-processor';
export type {
  ContrastCandidate,
  ContrastEvent,
  ContrastiveSearchEvent,
} from './contrastive/contrastive-events';
export { contrastiveSearch } from './contrastive/contrastive-search';
export type { ContrastiveSearchOptions } from './contrastive/contrastive-search-options';
export type { Draft, DraftContext, DraftRow, Proposal } from './draft/draft';
export { type ModelDraftOptions, modelDraft } from './draft/model-draft';
export { type PromptLookupOptions, promptLookup } from './draft/prompt-lookup';
export { type CollectedRow, collect } from './events/collect';
export { collectRows } from './events/collect-rows';
export type {
  ConstraintTrace,
  ForcedEvent,
  GenerateCapture,
  GenerateEvent,
  GenerateFinish,
  GenerateStep,
  ObjectEnd,
  ObjectEvent,
  PartialValue,
} from './events/generate-event';
export { generate } from './loop/generate';
export type { LoopEvent } from './loop/run-rows';
export { partialJson } from './object/partial-json';
export type { ContextOverflow, GenerateOptions, Prompt } from './options/generate-options';
export type { StopCondition, StopContext } from './options/stop-condition';
export { decodeRow } from './run/encode-row';
export { readRun } from './run/read-run';
export { type ReplayOptions, replayRun } from './run/replay-run';
export type { Run } from './run/run';
export type { RunChanges, RunOptions } from './run/run-options';
export type { RunRecord, RunSegment, RunStep, StageData } from './run/run-record';
export { startRun } from './run/start-run';
export { type RunVerification, verifyRun } from './run/verify-run';
export {
  type RankContinuationsOptions,
  rankContinuations,
  type ScoredContinuation,
} from './scoring/rank-continuations';
export { type ScoreContinuationOptions, scoreContinuation } from './scoring/score-continuation';
export { type ScoredWindow, type ScoreTextOptions, scoreText, type TextScore } from './scoring/score-text';
