import type { ForwardProgress } from '@nexttoken/model';
import type { Processors } from '../next-token/next-token-table-data';

/**
 * The end of a model: final norm and output layer, from a hidden state to logits. Made by {@link lensHead} of arrays
 * or by {@link readLensHead} of a checkpoint.
 */
export interface LensHead {
  /** Width of a logits row. */
  readonly vocabSize: number;
  /** Width of a hidden state. */
  readonly width: number;
  /**
   * Logits of some hidden states: `output · norm(x)`, soft-capped where the model does.
   * @param hidden shape `[rows, width]`, row-major, not changed
   * @param norm whether the final norm is applied; `false` for states that are normed already
   * @returns shape `[rows, vocabSize]`, row-major; the caller's. Cost: `rows · vocabSize · width` multiplications
   */
  project(hidden: Float32Array, norm: boolean): Float32Array;
}

export interface LogitLensOptions {
  /** Which positions get a column: those of the last id (default), of all, or a list of indices into `ids`. */
  readonly positions?: 'last' | 'all' | readonly number[] | undefined;
  /** Which layers get a row, 0 the embeddings; default all. The last one, the output, is always there. */
  readonly layers?: readonly number[] | undefined;
  /** How many tokens a cell lists, an integer >= 1; default 5. */
  readonly top?: number | undefined;
  /** Ids whose rank and probability every cell tells. */
  readonly watch?: readonly number[] | undefined;
  /**
   * `final` (default): the model's last norm comes before its output layer, as in the model. `none`: the raw hidden
   * state is multiplied, which is no reading of the model but is seen in older plots.
   */
  readonly norm?: 'final' | 'none' | undefined;
  /** A processor chain each cell's logits go through: tells where the final token enters what sampling would keep. */
  readonly processors?: Processors | undefined;
  /** Mass of the nucleus for `enters` of a {@link LensColumn}, in (0, 1]; default 0.9. */
  readonly mass?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Cells computed of all. */
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
}

/** A token as one cell sees it. */
export interface LensToken {
  readonly id: number;
  readonly token: string;
  readonly logit: number;
  /** Softmax of the cell's logits. */
  readonly probability: number;
  /** 1 for the cell's best. */
  readonly rank: number;
}

/** What one layer would say at one position, if it were the last. */
export interface LensCell {
  readonly layer: number;
  readonly position: number;
  /** The best tokens, best first. */
  readonly top: readonly LensToken[];
  /** The token that the output puts first at this position, as this cell sees it. */
  readonly final: LensToken;
  /** The watched ids, in the order in which they were given. */
  readonly watched: readonly LensToken[];
  /** Bits. */
  readonly entropy: number;
  /** `KL(output ‖ cell)` in bits: what reading this cell instead of the output costs; 0 in the last layer. */
  readonly divergence: number;
  /** Root of the mean square of the hidden state. */
  readonly magnitude: number;
  /** With processors: how many tokens they leave of this cell, and the final token's share of what is left. */
  readonly sampled?: { readonly kept: number; readonly share: number };
}

export interface LensLayer {
  /** 0: the embeddings; the last: the output. */
  readonly layer: number;
  /** `embeddings`, `block 1` … , `output`. */
  readonly name: string;
  /** One cell a column. */
  readonly cells: readonly LensCell[];
}

/** One position, and where along the layers its prediction comes about. */
export interface LensColumn {
  readonly position: number;
  readonly id: number;
  readonly token: string;
  /** The first layer whose best token is the output's. */
  readonly first: number;
  /** The first layer from which on all layers shown have it as their best. */
  readonly settled: number;
  /** The first layer in whose nucleus of `mass` it is. */
  readonly enters: number;
  /** With processors: the first layer in which they leave it. */
  readonly survives?: number;
}

/** The logit lens: layers by positions. */
export interface LensGrid {
  readonly columns: readonly LensColumn[];
  /** From the embeddings to the output. */
  readonly layers: readonly LensLayer[];
  readonly norm: 'final' | 'none';
  readonly mass: number;
  readonly vocabSize: number;
}
