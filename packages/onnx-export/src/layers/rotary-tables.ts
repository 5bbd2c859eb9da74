import type { RotaryEmbedding } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { type RotaryWaves, rotaryWaves } from './rotary-angles';
import { rotaryColumn } from './rotary-column';

export interface RotaryTables extends RotaryWaves {
  /** Row of the tables (`[positions, dimensions / 2]`) for each position: 0, 1, 2, …, shape `[batch, length]`, int64. */
  readonly rows: string;
}

/**
 * The tables of ONNX Runtime's RotaryEmbedding for the positions at hand, made once for all layers of a kind.
 * @param positions flattened positions, integers, shape `[positions]`
 * @param shape the shape `[batch, length]` of the ids, int64, shape `[2]`
 */
export function rotaryTables(
  graph: GraphBuilder,
  positions: () => string,
  shape: string,
): (rope: RotaryEmbedding) => RotaryTables {
  const made = new Map<string, RotaryTables>();
  const rows = () =>
    graph.shared('rotary rows', () => {
      const zero = graph.node('Squeeze', [graph.int64([0])]);
      const one = graph.node('Squeeze', [graph.int64([1])]);
      const range = graph.node('Range', [zero, graph.node('Size', [positions()]), one]);
      return graph.node('Reshape', [range, shape]);
    });
  return (rope) => {
    const key = JSON.stringify(rope);
    const tables = made.get(key) ?? {
      ...rotaryWaves(graph, rotaryColumn(graph, positions), rope),
      rows: rows(),
    };
    made.set(key, tables);
    return tables;
  };
}
