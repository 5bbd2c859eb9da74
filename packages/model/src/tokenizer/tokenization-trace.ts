import type { TokenOffset } from './token-offset';

/** A part of the text at some step. */
export interface TracePiece {
  /** The part as this step left it. */
  readonly text: string;
  /** What of the original text it stands for. */
  readonly offset: TokenOffset;
  /** Present for an added token that was found in the text: it takes part in no further step. */
  readonly id?: number;
}

/** One merge of a byte-pair model: two neighbours of one word become one. */
export interface TraceMerge {
  readonly left: string;
  readonly right: string;
  readonly merged: string;
  /** Where the pair stands in the list of merges: lower ones merge first. */
  readonly rank: number;
  /** Which of the word's `symbols` the pair begins with. */
  readonly index: number;
}

export interface TraceToken {
  readonly id: number;
  readonly token: string;
  readonly offset: TokenOffset;
}

/** How the model cut one word. */
export interface TraceWord extends TracePiece {
  /** Symbols that merging starts from (byte-pair models). */
  readonly symbols?: readonly string[];
  /** Merges in their order (byte-pair models). */
  readonly merges?: readonly TraceMerge[];
  /** Log-probability of the best cut (Unigram). */
  readonly score?: number;
  readonly tokens: readonly TraceToken[];
}

/** One step of encoding, in the order in which they happen; `pieces` are all parts of the text behind it. */
export type TraceStep =
  /** Added tokens were looked for, in the text as it came or in the normalized one. */
  | { readonly step: 'added-tokens'; readonly normalized: boolean; readonly pieces: readonly TracePiece[] }
  /** `type` is the normalizer's, e.g. `NFC`. */
  | { readonly step: 'normalizer'; readonly type: string; readonly pieces: readonly TracePiece[] }
  | { readonly step: 'pre-tokenizer'; readonly type: string; readonly pieces: readonly TracePiece[] }
  | { readonly step: 'model'; readonly type: string; readonly words: readonly TraceWord[] }
  | { readonly step: 'post-processor'; readonly type: string; readonly tokens: readonly TraceToken[] };

/** Every step from a text to its ids, as plain data. The last step's tokens are those of `encode`. */
export interface TokenizationTrace {
  readonly text: string;
  readonly steps: readonly TraceStep[];
  readonly ids: readonly number[];
}
