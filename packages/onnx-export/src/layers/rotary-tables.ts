import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryFrequency } from './rotary-angle';

export interface RotaryTables {
  /** Cosines and sines of this call's positions, shape `[positions, headSize / 2]`. */
  readonly cosine: string;
  readonly sine: string;
  /** Row of the tables for each position: 0, 1, 2, …, shape `[batch, length]`, int64. */
  readonly rows: string;
}

/**
 * Rotary angles (Su et al. 2021, arXiv:2104.09864) of the positions at hand, once for all layers:
 * angle(p, i) = p · theta^(-2i / headSize), in float32 as Hugging Face computes them.
 *
 * @param positions flattened positions, int32, shape `[positions]`
 * @param shape the shape `[batch, length]` of the ids, int64, shape `[2]`
 */
export function rotaryTables(
  graph: GraphBuilder,
  positions: string,
  shape: string,
  { theta, headSize }: { readonly theta: number; readonly headSize: number },
): RotaryTables {
  const half = headSize / 2;
  const frequencies = Float32Array.from({ length: half }, (_, pair) =>
    rotaryFrequency(pair, { theta, headSize }),
  );
  const frequency = graph.float32('rotary.frequencies', frequencies, [1, half]);
  const asFloat = graph.node('Cast', [positions], { attributes: { to: 1 } });
  const column = graph.node('Unsqueeze', [asFloat, graph.int64([1])]);
  const angles = graph.node('Mul', [column, frequency]);
  const count = graph.node('Size', [positions]);
  const zero = graph.node('Squeeze', [graph.int64([0])]);
  const one = graph.node('Squeeze', [graph.int64([1])]);
  const range = graph.node('Range', [zero, count, one]);
  return {
    cosine: graph.node('Cos', [angles]),
    sine: graph.node('Sin', [angles]),
    rows: graph.node('Reshape', [range, shape]),
  };
}
