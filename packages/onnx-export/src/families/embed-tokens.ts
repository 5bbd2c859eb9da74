import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { embedding } from '../layers/embedding';
import type { DecoderLayout } from '../layouts/decoder-layout';
import type { DecoderFamily } from './decoder-family';

/** What the first layer reads: scale · embedding(ids), plus the rows of learned positions where there are some. */
export function embedTokens(
  graph: GraphBuilder,
  { ids, positions }: Pick<DecoderLayout, 'ids' | 'positions'>,
  { hiddenSize, vocabSize, contextLength, embeddingScale }: Architecture,
  family: DecoderFamily,
): string {
  const residual = ['positions', hiddenSize];
  const table = { module: family.embedding, rows: vocabSize, width: hiddenSize };
  const rows = embedding(graph, ids, table);
  const scale = () => graph.float32('embedding.scale', Float32Array.of(embeddingScale), []);
  const embedded = embeddingScale === 1 ? rows : graph.node('Mul', [rows, scale()]);
  graph.tap('hook_embed', embedded, residual);
  if (family.positions === undefined) return embedded;
  const learned = { module: family.positions, rows: contextLength, width: hiddenSize };
  const placed = embedding(graph, positions(), { ...learned, format: 'float32' });
  graph.tap('hook_pos_embed', placed, residual);
  return graph.node('Add', [embedded, placed]);
}
