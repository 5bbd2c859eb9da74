import type { Architecture, RotaryEmbedding } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryWaves } from './rotary-angles';
import { rotaryColumn } from './rotary-column';

/** Turns all heads of a layer at once. */
export interface HeadRotation {
  /** Whether the queries come out multiplied with the attention's scale. */
  readonly scalesQueries: boolean;
  /** @param x holds `[positions, queries by place | keys | values]`; values stay as they are. @returns `[positions · heads, 1, headSize]` */
  turn(x: string): string;
}

/**
 * Rotation of queries, keys and values in one node: ONNX Runtime's RotaryEmbedding, which takes every head as a row of its
 * own. Its table has a row that changes nothing, for the values, and then one a position: for the queries, where they are
 * turned as a whole, multiplied with the attention's scale, and for the keys.
 * @param positions flattened positions, integers, shape `[positions]`
 */
export function headRotation(
  graph: GraphBuilder,
  positions: () => string,
  { headCount, keyValueHeadCount, headSize, attentionScale }: Architecture,
): (rope: RotaryEmbedding) => HeadRotation {
  const made = new Map<string, HeadRotation>();
  const scalar = (value: string) => graph.node('Squeeze', [value]);
  const perHead = (query: number, key: number) =>
    graph.int64([
      ...new Array<number>(headCount).fill(query),
      ...new Array<number>(keyValueHeadCount).fill(key),
      ...new Array<number>(keyValueHeadCount).fill(0),
    ]);
  /** Row of the table for each head, `[positions · heads, 1]`. */
  const rowsOf = (scalesQueries: boolean) =>
    graph.shared(`rotary rows ${scalesQueries}`, () => {
      const count = graph.node('Size', [positions()]);
      const one = scalar(graph.int64([1]));
      const range = graph.node('Range', [one, graph.node('Add', [count, one]), one]);
      const column = graph.node('Unsqueeze', [range, graph.int64([1])]);
      const rows = graph.node('Mul', [column, perHead(1, 1)]);
      const behind = graph.node('Mul', [count, perHead(0, 1)]);
      return graph.node('Reshape', [
        scalesQueries ? graph.node('Add', [rows, behind]) : rows,
        graph.int64([-1, 1]),
      ]);
    });
  const rotation = (rope: RotaryEmbedding): HeadRotation => {
    const whole = rope.dimensions === headSize;
    const half = rope.dimensions / 2;
    const scale = () => graph.float32('attention.scale', Float32Array.of(attentionScale), []);
    const { cosine, sine } = rotaryWaves(graph, rotaryColumn(graph, positions), rope);
    const table = (wave: string, still: number) => {
      const first = graph.float32(`rotary.still ${still} ${half}`, new Float32Array(half).fill(still), [
        1,
        half,
      ]);
      const scaled = whole ? [graph.node('Mul', [wave, scale()])] : [];
      return graph.node('Concat', [first, ...scaled, wave], { attributes: { axis: 0 } });
    };
    const tables = [rowsOf(whole), table(cosine, 1), table(sine, 0)];
    return {
      scalesQueries: whole,
      turn: (x) =>
        graph.node(
          'RotaryEmbedding',
          [graph.node('Reshape', [x, graph.int64([-1, 1, headSize])]), ...tables],
          {
            domain: 'com.microsoft',
            attributes: {
              interleaved: 0,
              ...(whole ? {} : { rotary_embedding_dim: rope.dimensions, num_heads: 1 }),
            },
          },
        ),
    };
  };
  return (rope) => {
    const key = JSON.stringify(rope);
    const known = made.get(key) ?? rotation(rope);
    made.set(key, known);
    return known;
  };
}
