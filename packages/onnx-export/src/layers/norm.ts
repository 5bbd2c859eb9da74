import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';

/** The norm of an architecture over the last axis; `module` is the checkpoint module with its weights. */
export interface Norm {
  /** @param size width of the last axis */
  of(x: string, module: string, size: number): string;
  /** The norm of `x + residual`, and this sum, which the next part adds to; both as wide as the hidden states. */
  ofSum(x: string, residual: string, module: string): { readonly normed: string; readonly sum: string };
}

/**
 * `rms`: x / sqrt(mean(x²) + ε) · w (Zhang & Sennrich 2019, arXiv:1910.07467);
 * `layer`: (x − mean) / sqrt(variance + ε) · w + b (Ba et al. 2016, arXiv:1607.06450).
 */
export function normOf(
  graph: GraphBuilder,
  { norm, normEpsilon, normOffset, hiddenSize }: Architecture,
): Norm {
  const epsilon = { float: normEpsilon };
  const weight = (module: string, size: number) => {
    const tensor = `${module}.weight`;
    return graph.weight(tensor, [{ tensor, plus: normOffset }], [size]);
  };
  const bias = (module: string, size: number) => graph.weight(`${module}.bias`, [`${module}.bias`], [size]);
  const layer = (x: string, module: string, size: number) =>
    graph.node('LayerNormalization', [x, weight(module, size), bias(module, size)], {
      attributes: { axis: -1, epsilon },
    });
  const rms = (x: string, module: string, size: number) => {
    if (graph.operators === 'standard') return plainRmsNorm(graph, x, weight(module, size), normEpsilon);
    return graph.node('SimplifiedLayerNormalization', [x, weight(module, size)], {
      attributes: { axis: -1, epsilon, stash_type: 1 },
    });
  };
  const of = norm === 'layer' ? layer : rms;
  return {
    of,
    ofSum: (x, residual, module) => {
      if (graph.operators === 'standard') {
        const sum = graph.node('Add', [x, residual]);
        return { normed: of(sum, module, hiddenSize), sum };
      }
      const name = `residual.${graph.nodes.length}`;
      const operator = norm === 'layer' ? 'SkipLayerNormalization' : 'SkipSimplifiedLayerNormalization';
      const weights = [weight(module, hiddenSize), ...(norm === 'layer' ? [bias(module, hiddenSize)] : [])];
      const normed = graph.node(operator, [x, residual, ...weights], {
        domain: 'com.microsoft',
        attributes: { epsilon },
        outputs: [`${name}.normed`, '', '', `${name}.sum`],
      });
      return { normed, sum: `${name}.sum` };
    },
  };
}

function plainRmsNorm(graph: GraphBuilder, x: string, weight: string, epsilon: number): string {
  const squares = graph.node('Pow', [x, graph.float32('two', Float32Array.of(2), [])]);
  const mean = graph.node('ReduceMean', [squares, graph.int64([-1])]);
  const shifted = graph.node('Add', [mean, graph.float32('epsilon', Float32Array.of(epsilon), [])]);
  const normed = graph.node('Div', [x, graph.node('Sqrt', [shifted])]);
  return graph.node('Mul', [normed, weight]);
}
