export type {
  BpeCountingEvent,
  BpeFinishEvent,
  BpeMergeEvent,
  BpeTrainingEvent,
} from './bpe-training-event';
export type { BpeTrainingOptions } from './bpe-training-options';
export type { StopReason } from './learn-merges';
export type { BytePreTokenizerOptions } from './pre-tokenizer';
export { type BpeCorpus, trainBpe, trainBpeFromWords } from './train-bpe';
export type { TrainedBpe } from './trained-bpe';
