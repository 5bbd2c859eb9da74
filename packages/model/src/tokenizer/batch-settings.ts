/** Which end of a text. */
export type TextSide = 'left' | 'right';

/** How long texts are cut. What a file says is shown here and applied by nobody unasked. */
export interface TruncationSettings {
  /** The most tokens a text may have, special ones included. */
  readonly maxLength: number;
  /** Where tokens are taken away. */
  readonly side: TextSide;
}

/** How short texts are filled up. What a file says is shown here and applied by nobody unasked. */
export interface PaddingSettings {
  /** Where padding is put. */
  readonly side: TextSide;
  /** To the batch's longest text, or to this many tokens. */
  readonly length: 'longest' | number;
  /** The length is rounded up to a multiple of this; neutral 1. */
  readonly multipleOf: number;
  /** What is put there. */
  readonly id: number;
}
