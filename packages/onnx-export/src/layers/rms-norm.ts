import type { GraphBuilder } from '../graph/graph-builder';

/** x / sqrt(mean(x²) + ε) · weight over the last axis (Zhang & Sennrich 2019, arXiv:1910.07467). */
export function rmsNorm(graph: GraphBuilder, x: string, weight: string, epsilon: number): string {
  if (graph.operators === 'standard') return plainRmsNorm(graph, x, weight, epsilon);
  return graph.node('SimplifiedLayerNormalization', [x, weight], {
    attributes: { axis: -1, epsilon: { float: epsilon }, stash_type: 1 },
  });
}

/** The same over `x + residual` in one node; also returns the sum, which the next block adds to. */
export function addRmsNorm(
  graph: GraphBuilder,
  x: string,
  residual: string,
  weight: string,
  epsilon: number,
): { normed: string; sum: string } {
  if (graph.operators === 'standard') {
    const sum = graph.node('Add', [x, residual]);
    return { normed: plainRmsNorm(graph, sum, weight, epsilon), sum };
  }
  const name = `residual.${graph.nodes.length}`;
  const normed = graph.node('SkipSimplifiedLayerNormalization', [x, residual, weight], {
    domain: 'com.microsoft',
    attributes: { epsilon: { float: epsilon } },
    outputs: [`${name}.normed`, '', '', `${name}.sum`],
  });
  return { normed, sum: `${name}.sum` };
}

function plainRmsNorm(graph: GraphBuilder, x: string, weight: string, epsilon: number): string {
  const squares = graph.node('Pow', [x, graph.float32('two', Float32Array.of(2), [])]);
  const mean = graph.node('ReduceMean', [squares, graph.int64([-1])]);
  const shifted = graph.node('Add', [mean, graph.float32('epsilon', Float32Array.of(epsilon), [])]);
  const normed = graph.node('Div', [x, graph.node('Sqrt', [shifted])]);
  return graph.node('Mul', [normed, weight]);
}
