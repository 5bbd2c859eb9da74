/** One token of a scored text. */
export interface LossRow {
  readonly position: number;
  readonly id: number;
  readonly token: string;
  readonly text: string;
  /** Bytes that it adds to the text; 0 for a special token. */
  readonly bytes: number;
  /** `-ln p` in nats; absent where nothing comes before the token in its window. */
  readonly loss?: number;
  /** The same in bits. */
  readonly surprisal?: number;
  /** 1: the model would have chosen it. Known where the rows were at hand (`positionTable`). */
  readonly rank?: number;
  /** Entropy of the whole prediction in bits: the surprisal to be expected. */
  readonly entropy?: number;
}

/** How well a model saw a text coming. */
export interface LossTable {
  readonly rows: readonly LossRow[];
  readonly scored: number;
  /** Mean loss in nats. */
  readonly meanLoss: number;
  /** `exp(meanLoss)`. */
  readonly perplexity: number;
  /** Bits of the scored tokens by their bytes; `undefined` without bytes. */
  readonly bitsPerByte: number | undefined;
}

/** What a text is put together by: its tokens, words, sentences, lines, or the matches of an expression. */
export type LossGranularity = 'token' | 'word' | 'sentence' | 'line' | RegExp;

/** Some tokens of a text as one. Bits are added up, never probabilities. */
export interface LossGroup {
  /** Half-open range of rows. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Sum in bits of the scored tokens. */
  readonly surprisal: number;
  /** How many are scored. */
  readonly scored: number;
  /** Bits a scored token; 0 where none is. */
  readonly mean: number;
}
