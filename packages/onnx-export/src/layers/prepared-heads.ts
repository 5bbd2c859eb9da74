import type { GraphBuilder } from '../graph/graph-builder';
import type { AttentionInput } from '../layouts/decoder-layout';
import type { GroupedAttentionOptions } from './grouped-attention';

/** A layer's projections, rows for every place in a group, keys and values last. */
export interface PreparedHeads {
  /**
   * Queries, keys and values, normed and rotated as far as the architecture asks for it; in the memory's order
   * `[positions, places + 2, keyValueHeads, headSize]`.
   */
  readonly all: string;
  /** Whether the queries are multiplied with the attention's scale already. */
  readonly scaled: boolean;
  /** What the product gave, `[positions, (places + 2) · keyValueHeads · headSize]`. */
  readonly projected: string;
}

/** One product for all three, which are rotated together; only norms take them apart. */
export function preparedHeads(
  graph: GraphBuilder,
  input: AttentionInput,
  { architecture, rotation }: Pick<GroupedAttentionOptions, 'architecture' | 'rotation'>,
): PreparedHeads {
  const { headCount, keyValueHeadCount, headSize, queryKeyNorm } = architecture;
  const projected = input.project('query-by-place', 'key', 'value');
  let all = projected;
  if (queryKeyNorm) {
    const heads = [headCount, keyValueHeadCount, keyValueHeadCount];
    const apart = graph.node('Reshape', [
      projected,
      graph.int64([-1, headCount + 2 * keyValueHeadCount, headSize]),
    ]);
    const [query, key, value] = graph.nodeOutputs('Split', [apart, graph.int64(heads)], {
      attributes: { axis: 1 },
      outputs: 3,
    }) as [string, string, string];
    all = graph.node('Concat', [input.norm('query', query), input.norm('key', key), value], {
      attributes: { axis: 1 },
    });
  }
  return {
    all: rotation ? rotation.turn(all) : all,
    scaled: rotation?.scalesQueries ?? false,
    projected,
  };
}
