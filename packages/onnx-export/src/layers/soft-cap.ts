import type { GraphBuilder } from '../graph/graph-builder';

/** cap · tanh(x / cap), which stays within ±cap (Gemma 2, arXiv:2408.00118); x itself without a cap. */
export function softCap(graph: GraphBuilder, x: string, cap: number | null): string {
  if (cap === null) return x;
  const constant = graph.float32(`constant ${cap}`, Float32Array.of(cap), []);
  return graph.node('Mul', [graph.node('Tanh', [graph.node('Div', [x, constant])]), constant]);
}
