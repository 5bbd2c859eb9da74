import type { GraphBuilder } from '../graph/graph-builder';

export interface LinearOptions {
  /** Checkpoint modules whose `weight` rows are joined into one product, e.g. q, k and v. */
  readonly modules: readonly string[];
  readonly outputSizes: readonly number[];
  readonly inputSize: number;
  readonly bias: boolean;
}

/**
 * y = x · Wᵀ (+ b) for x of shape `[positions, inputSize]`. W keeps the checkpoint's row order
 * `[outputSize, inputSize]`, so weights stream into the file as they are.
 */
export function linear(graph: GraphBuilder, x: string, options: LinearOptions): string {
  const { modules, outputSizes, inputSize, bias } = options;
  const outputSize = outputSizes.reduce((sum, size) => sum + size, 0);
  const joined = (suffix: string) => modules.map((module) => `${module}.${suffix}`);
  const weight = graph.weight(joined('weight').join('|'), joined('weight'), [outputSize, inputSize]);
  const inputs = [x, weight];
  if (bias) inputs.push(graph.weight(joined('bias').join('|'), joined('bias'), [outputSize]));
  return graph.node('Gemm', inputs, { attributes: { transB: 1 } });
}
