import type { GraphBuilder } from '../graph/graph-builder';
import { linear } from './linear';

export interface GatedMlpOptions {
  readonly prefix: string;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly bias: boolean;
}

/** down(silu(gate(x)) · up(x)), the SwiGLU block (Shazeer 2020, arXiv:2002.05202). */
export function gatedMlp(graph: GraphBuilder, x: string, options: GatedMlpOptions): string {
  const { prefix, hiddenSize, intermediateSize, bias } = options;
  const joined = linear(graph, x, {
    modules: [`${prefix}.gate_proj`, `${prefix}.up_proj`],
    outputSizes: [intermediateSize, intermediateSize],
    inputSize: hiddenSize,
    bias,
  });
  const [gate, up] = graph.nodeOutputs('Split', [joined, graph.int64([intermediateSize, intermediateSize])], {
    attributes: { axis: -1 },
    outputs: 2,
  }) as [string, string];
  // QuickGelu(x) = x · sigmoid(alpha · x): with alpha 1 it is SiLU in one node.
  const activated = graph.node('QuickGelu', [gate], {
    domain: 'com.microsoft',
    attributes: { alpha: { float: 1 } },
  });
  const product = graph.node('Mul', [activated, up]);
  return linear(graph, product, {
    modules: [`${prefix}.down_proj`],
    outputSizes: [hiddenSize],
    inputSize: intermediateSize,
    bias,
  });
}
