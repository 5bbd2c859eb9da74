export { NtAttention } from './attention/nt-attention';
export { NtBeamTree } from './beam-tree/nt-beam-tree';
export { NtCompare } from './compare/nt-compare';
export { NtDistribution } from './distribution/nt-distribution';
export type { NtEvents } from './element/events';
export { NtLensGrid } from './lens-grid/nt-lens-grid';
export type { LoadState } from './loader/load-state';
export { NtLoader } from './loader/nt-loader';
export { NtModuleTree } from './module-tree/nt-module-tree';
export { NtSamplingPanel } from './sampling-panel/nt-sampling-panel';
export {
  activeStages,
  type BeamSettings,
  type Control,
  chainOf,
  type DrawReading,
  initialSettings,
  inOrder,
  type NumberControl,
  newStage,
  type OrderName,
  orderOfStages,
  processorOf,
  readSampling,
  type SamplerControl,
  type SamplingReading,
  type SamplingRow,
  type SamplingSettings,
  type StageControl,
  type StageSettings,
  type Strategy,
  samplerControls,
  samplerOf,
  settingsOf,
  stageControlOf,
  stageControls,
  stageLabel,
  strategies,
  strategyOf,
  usualStages,
} from './sampling-settings';
export { NtTimeline } from './timeline/nt-timeline';
export type { TimelineStep } from './timeline/timeline-step';
export { NtTokenStream } from './token-stream/nt-token-stream';
export type { StreamColour, StreamToken } from './token-stream/stream-token';
export { NtTokens } from './tokens/nt-tokens';
export type { Tokenization, TokenizedPiece } from './tokens/tokenization';
export { tokenizationOf } from './tokens/tokenization-of';
