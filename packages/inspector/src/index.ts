export { nextTokenTable } from './next-token/next-token-table';
export type {
  NextTokenRow,
  NextTokenTable,
  NextTokenTableOptions,
  Processors,
  TracedStage,
} from './next-token/next-token-table-data';
export {
  type PositionRow,
  type PositionTable,
  type PositionTableOptions,
  positionTable,
} from './position/position-table';
export type { Alternative, Prediction } from './position/read-prediction';
export { renderNextTokenTable } from './render/render-next-token-table';
export { renderPositionTable } from './render/render-position-table';
export { renderTokenProbabilities } from './render/render-token-probabilities';
export type { RenderOptions } from './render/style';
export { displayToken } from './token/display-token';
export {
  type TokenProbabilities,
  type TokenProbabilityRow,
  tokenProbabilities,
} from './token-probabilities/token-probabilities';
