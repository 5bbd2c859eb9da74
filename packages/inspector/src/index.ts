export { ablateProcessors } from './ablation/ablate-processors';
export type {
  AblatedStage,
  AblatedToken,
  AblationOptions,
  ProcessorAblation,
  RescueChange,
  TokenRescue,
} from './ablation/ablation-data';
export { rescueToken } from './ablation/rescue-token';
export type {
  AttentionEntry,
  AttentionHeadOptions,
  AttentionHeadSummary,
  AttentionHeadView,
  AttentionOptions,
  AttentionOverview,
  AttentionRow,
} from './attention/attention-data';
export { attentionHead } from './attention/attention-head';
export { attentionOverview } from './attention/attention-overview';
export { beamTree } from './beam-tree/beam-tree';
export type {
  BeamNode,
  BeamPath,
  BeamRun,
  BeamTree,
  BeamTreeOptions,
  FoldedBeamTree,
  RankedBeamPath,
} from './beam-tree/beam-tree-data';
export { foldBeamTree } from './beam-tree/fold-beam-tree';
export { rankBeamPaths } from './beam-tree/rank-beam-paths';
export {
  type AlignedSegment,
  type AlignedToken,
  type AlignedTokenizations,
  alignTokenizers,
} from './comparison/align-tokenizers';
export { compareDistributions } from './comparison/compare-distributions';
export { compareModels } from './comparison/compare-models';
export { type CompareRunsOptions, compareRuns } from './comparison/compare-runs';
export type {
  ComparedPiece,
  ComparedSegment,
  ComparedSide,
  ComparedStep,
  ComparedToken,
  CompareModelsOptions,
  DistributionComparison,
  ModelComparison,
  RunComparison,
} from './comparison/comparison-data';
export { comparisonLines } from './comparison/comparison-lines';
export { type MixedModels, mixModels } from './comparison/mix-models';
export { type ConstraintRow, type ConstraintTable, constraintTable } from './constraint/constraint-table';
export { constraintsOfRow } from './constraint/constraints-of-row';
export { rulesInForce } from './constraint/rules-in-force';
export type {
  CounterfactualOptions,
  CounterfactualRun,
  CounterfactualStep,
  CumulativeEntry,
  DrawHistogram,
  DrawnToken,
  SweptDraw,
} from './counterfactual/counterfactual-data';
export { type CounterfactualRunOptions, counterfactualRun } from './counterfactual/counterfactual-run';
export { cumulativeDistribution } from './counterfactual/cumulative-distribution';
export { type DrawHistogramOptions, drawHistogram } from './counterfactual/draw-histogram';
export { drawToken } from './counterfactual/draw-token';
export { sweepDraw } from './counterfactual/sweep-draw';
export { probabilityOf } from './distribution/probability-of';
export { surprisalOf } from './distribution/surprisal-of';
export type {
  LensCell,
  LensColumn,
  LensGrid,
  LensHead,
  LensLayer,
  LensToken,
  LogitLensOptions,
} from './lens/lens-data';
export { type LensHeadParts, lensHead } from './lens/lens-head';
export { logitLens } from './lens/logit-lens';
export { type LensCheckpoint, readLensHead } from './lens/read-lens-head';
export { groupLosses } from './loss/group-losses';
export type { LossGranularity, LossGroup, LossRow, LossTable } from './loss/loss-data';
export { lossTable } from './loss/loss-table';
export { worstTokens } from './loss/worst-tokens';
export { type CostArchitecture, modelCosts } from './module-tree/model-costs';
export { moduleRows } from './module-tree/module-rows';
export type {
  ModelCosts,
  ModuleRow,
  ModuleRowsOptions,
  ModuleTreeNode,
  ModuleTreeParameter,
} from './module-tree/module-tree-data';
export { nextTokenTable } from './next-token/next-token-table';
export type {
  NextTokenRow,
  NextTokenTable,
  NextTokenTableOptions,
  Processors,
  TracedStage,
} from './next-token/next-token-table-data';
export { orderLab } from './order-lab/order-lab';
export type {
  NamedOrder,
  OrderDifference,
  OrderLab,
  OrderLabOptions,
  OrderResult,
} from './order-lab/order-lab-data';
export { type OrderSettings, presetOrders } from './order-lab/preset-orders';
export {
  type PositionRow,
  type PositionTable,
  type PositionTableOptions,
  positionTable,
} from './position/position-table';
export type { Alternative, Prediction } from './position/read-prediction';
export { bar } from './render/bar';
export { renderAblation } from './render/render-ablation';
export { renderAlignedTokenizers } from './render/render-aligned-tokenizers';
export { renderAttentionHead, renderAttentionOverview } from './render/render-attention';
export { type RenderBeamTreeOptions, renderBeamTree } from './render/render-beam-tree';
export { renderConstraintTable } from './render/render-constraint-table';
export { type CsvCell, renderCsv } from './render/render-csv';
export { renderDrawHistogram } from './render/render-draw-histogram';
export { renderLensGrid } from './render/render-lens-grid';
export { renderLossGroups } from './render/render-loss-groups';
export { renderModelComparison } from './render/render-model-comparison';
export { renderModuleRows } from './render/render-module-rows';
export { renderNextTokenTable } from './render/render-next-token-table';
export { renderOrderLab } from './render/render-order-lab';
export { renderPositionTable } from './render/render-position-table';
export { renderSweptDraws } from './render/render-swept-draws';
export { renderTokenProbabilities } from './render/render-token-probabilities';
export { renderTree, type TextTree } from './render/render-tree';
export { sparkline } from './render/sparkline';
export type { RenderOptions } from './render/style';
export { fitText, textWidth } from './render/text-width';
export { displayToken } from './token/display-token';
export {
  type TokenProbabilities,
  type TokenProbabilityRow,
  tokenProbabilities,
} from './token-probabilities/token-probabilities';
export { readTrace } from './trace/read-trace';
export type {
  Trace,
  TraceBlock,
  TraceBlockName,
  TraceDifference,
  TraceDtype,
  TraceHeader,
  TraceVerification,
} from './trace/trace-data';
export { traceModel } from './trace/trace-model';
export { traceProbabilities } from './trace/trace-probabilities';
export { traceRecord } from './trace/trace-record';
export { type VerifyTraceOptions, verifyTrace } from './trace/verify-trace';
export { type WriteTraceOptions, writeTrace } from './trace/write-trace';
