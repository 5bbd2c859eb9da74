import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import type { AttentionRole } from '../layers/query-key-value';

/** What the attention of a layer starts from. */
export interface AttentionInput {
  /** Projections of the layer's input; several are joined side by side in one product. */
  project(...roles: AttentionRole[]): string;
  /**
   * Norms each head's queries or keys, where the architecture wants that; else gives back what it got.
   * @param x any shape whose last axis is a head's
   */
  norm(role: 'query' | 'key', x: string): string;
}

/** How a graph takes ids and cache and gives logits; a family builds its layers over any layout. */
export interface DecoderLayout {
  /** Token ids, flattened to `[batch · length]`. */
  readonly ids: string;
  /** Positions of the ids, likewise flattened. */
  positions(): string;
  /**
   * Attention of one layer, from the projections to the mixed values.
   * @returns shape `[positions, querySize]`
   */
  attend(layer: number, input: AttentionInput): string;
  /** Declares hidden states: embeddings, blocks' outputs, the last one behind the final norm; may rename them. */
  hiddenStates?(values: readonly string[]): void;
  /**
   * Declares the output `logits` from the last norm's output.
   * @param head the output layer: `[rows, hiddenSize]` → `[rows, vocabSize]`
   */
  logits(normed: string, head: (rows: string) => string): void;
}

/** Declares a layout's inputs in the graph. */
export type LayoutFactory = (graph: GraphBuilder, architecture: Architecture) => DecoderLayout;
