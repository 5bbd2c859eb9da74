import type { Activation } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';

/**
 * The activation of a feed-forward part, one node where ONNX Runtime has it.
 * silu: x · sigmoid(x); gelu: x · Φ(x); gelu-tanh: x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))); relu: max(x, 0).
 */
export function activation(graph: GraphBuilder, x: string, kind: Activation): string {
  if (kind === 'relu') return graph.node('Relu', [x]);
  if (graph.operators === 'standard') return plain(graph, x, kind);
  const domain = 'com.microsoft';
  if (kind === 'gelu') return graph.node('Gelu', [x], { domain });
  if (kind === 'gelu-tanh') return graph.node('FastGelu', [x], { domain });
  // QuickGelu(x) = x · sigmoid(alpha · x).
  return graph.node('QuickGelu', [x], { domain, attributes: { alpha: { float: 1 } } });
}

function plain(graph: GraphBuilder, x: string, kind: Exclude<Activation, 'relu'>): string {
  const constant = (value: number) => graph.float32(`constant ${value}`, Float32Array.of(value), []);
  const product = (a: string, b: string) => graph.node('Mul', [a, b]);
  if (kind === 'silu') return product(x, graph.node('Sigmoid', [x]));
  const half = product(x, constant(0.5));
  const plusOne = (value: string) => graph.node('Add', [value, constant(1)]);
  if (kind === 'gelu') return product(half, plusOne(graph.node('Erf', [product(x, constant(Math.SQRT1_2))])));
  const cubed = product(product(product(x, x), x), constant(0.044715));
  const inner = product(graph.node('Add', [x, cubed]), constant(Math.sqrt(2 / Math.PI)));
  return product(half, plusOne(graph.node('Tanh', [inner])));
}
