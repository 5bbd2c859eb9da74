import type { AlignedText } from '../text/aligned-text';
import type { Cut } from './cut';

/** Half a step: either a new text for every piece, or a cut of every piece. */
export type PieceStage =
  | {
      readonly rewrite: (piece: AlignedText) => AlignedText;
      /** Whether it has to know where in the original the piece stands. */
      readonly positional?: boolean;
      readonly cut?: never;
    }
  | { readonly cut: Cut; readonly rewrite?: never };

/** One step from a normalized text to words. */
export interface PreTokenizer {
  /** As tokenizer.json names it. */
  readonly type: string;
  readonly stages: readonly PieceStage[];
}
