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
  const [gate, up] = gateAndUp(graph, x, options);
  const product = graph.node('Mul', [silu(graph, gate), up]);
  return linear(graph, product, {
    modules: [`${prefix}.down_proj`],
    outputSizes: [hiddenSize],
    inputSize: intermediateSize,
    bias,
  });
}

/** One product for both where splitting is cheap; two where a reader expects the usual graph. */
function gateAndUp(graph: GraphBuilder, x: string, options: GatedMlpOptions): [string, string] {
  const { prefix, hiddenSize, intermediateSize, bias } = options;
  const project = (...names: string[]) =>
    linear(graph, x, {
      modules: names.map((name) => `${prefix}.${name}`),
      outputSizes: names.map(() => intermediateSize),
      inputSize: hiddenSize,
      bias,
    });
  if (graph.operators === 'standard') return [project('gate_proj'), project('up_proj')];
  return graph.nodeOutputs(
    'Split',
    [project('gate_proj', 'up_proj'), graph.int64([intermediateSize, intermediateSize])],
    { attributes: { axis: -1 }, outputs: 2 },
  ) as [string, string];
}

/** x · sigmoid(x); QuickGelu(x) = x · sigmoid(alpha · x) is the same in one node with alpha 1. */
function silu(graph: GraphBuilder, x: string): string {
  if (graph.operators === 'standard') return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
  return graph.node('QuickGelu', [x], { domain: 'com.microsoft', attributes: { alpha: { float: 1 } } });
}
