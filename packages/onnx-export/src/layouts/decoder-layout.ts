import type { GraphBuilder } from '../graph/graph-builder';

/** A projection of the layer's input; several are joined side by side in one product. */
export type Project = (...projections: ('q_proj' | 'k_proj' | 'v_proj')[]) => string;

/** How a graph takes ids and cache and gives logits; a family builds its layers over any layout. */
export interface DecoderLayout {
  /** Token ids, flattened to `[batch · length]`. */
  readonly ids: string;
  /**
   * Attention of one layer, from the projections to the mixed values.
   * @returns shape `[positions, querySize]`
   */
  attend(layer: number, project: Project): string;
  /** Declares hidden states: embeddings, blocks' outputs, the last one behind the final norm; may rename them. */
  hiddenStates?(values: readonly string[]): void;
  /** Declares the output `logits` from the last norm's output and the output layer's weight. */
  logits(normed: string, head: string): void;
}

export interface LayoutSizes {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly contextLength: number;
  readonly rope: { readonly theta: number };
}

/** Declares a layout's inputs in the graph. */
export type LayoutFactory = (graph: GraphBuilder, sizes: LayoutSizes) => DecoderLayout;
