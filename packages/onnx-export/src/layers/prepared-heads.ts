import type { GraphBuilder } from '../graph/graph-builder';
import type { AttentionInput } from '../layouts/decoder-layout';
import type { GroupedAttentionOptions } from './grouped-attention';
import { rotate } from './rotate';

/** A layer's projections; each holds `[positions, heads, headSize]` in this order. */
export interface PreparedHeads {
  /** Normed and rotated, as far as the architecture asks for it. */
  readonly queries: string;
  readonly keys: string;
  readonly values: string;
  /** Before that. */
  readonly projectedQueries: () => string;
  readonly projectedKeys: () => string;
}

/** One product for all three; queries and keys are rotated together unless they are normed apart. */
export function preparedHeads(
  graph: GraphBuilder,
  input: AttentionInput,
  { architecture, shapes, rotary }: GroupedAttentionOptions,
): PreparedHeads {
  const { headCount, keyValueHeadCount, headSize, queryKeyNorm } = architecture;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const split = (value: string, sizes: readonly number[]) =>
    graph.nodeOutputs('Split', [value, graph.int64(sizes)], {
      attributes: { axis: -1 },
      outputs: sizes.length,
    });
  const turned = (value: string, heads: number) =>
    rotary === null
      ? value
      : rotate(graph, graph.node('Reshape', [value, shapes.rotated(heads * headSize)]), rotary.tables, {
          heads,
          headSize,
          dimensions: rotary.dimensions,
        });
  const joined = input.project('query', 'key', 'value');
  if (queryKeyNorm || rotary === null) {
    const [query, key, values] = split(joined, [querySize, keySize, keySize]) as [string, string, string];
    return {
      queries: turned(input.norm('query', query), headCount),
      keys: turned(input.norm('key', key), keyValueHeadCount),
      values,
      projectedQueries: () => query,
      projectedKeys: () => key,
    };
  }
  const [queryKey, values] = split(joined, [querySize + keySize, keySize]) as [string, string];
  const both = turned(queryKey, headCount + keyValueHeadCount);
  const [queries, keys] = split(both, [querySize, keySize]) as [string, string];
  const projected = (side: 0 | 1) => () => split(queryKey, [querySize, keySize])[side]!;
  return {
    queries,
    keys,
    values,
    projectedQueries: projected(0),
    projectedKeys: projected(1),
  };
}
