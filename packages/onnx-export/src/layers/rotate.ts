import type { GraphBuilder } from '../graph/graph-builder';
import type { RotaryTables } from './rotary-tables';

export interface RotateOptions {
  readonly heads: number;
  readonly headSize: number;
  /** How many dimensions of each head are rotated. */
  readonly dimensions: number;
}

/**
 * Rotates the heads of x by ONNX Runtime's RotaryEmbedding.
 * @param x shape `[batch, length, heads · headSize]`
 */
export function rotate(
  graph: GraphBuilder,
  x: string,
  tables: RotaryTables,
  { heads, headSize, dimensions }: RotateOptions,
): string {
  const partial = dimensions === headSize ? {} : { rotary_embedding_dim: dimensions, num_heads: heads };
  return graph.node('RotaryEmbedding', [x, tables.rows, tables.cosine, tables.sine], {
    domain: 'com.microsoft',
    attributes: { interleaved: 0, ...partial },
  });
}
