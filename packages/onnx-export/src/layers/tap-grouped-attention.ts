import type { GraphBuilder } from '../graph/graph-builder';
import { tapAttention } from '../taps/tap-attention';
import type { GroupedAttentionOptions } from './grouped-attention';
import type { PreparedHeads } from './prepared-heads';

/** Offers what {@link groupedAttention} computes, heads in the checkpoint's order and queries without the scale. */
export function tapGroupedAttention(
  graph: GraphBuilder,
  { architecture, layer, rotation }: GroupedAttentionOptions,
  {
    all,
    scaled,
    projected,
    masked,
    weights,
    mixed,
  }: PreparedHeads & { readonly masked: string; readonly weights: string; readonly mixed: string },
): void {
  const { headCount, keyValueHeadCount, headSize, attentionScale } = architecture;
  const places = headCount / keyValueHeadCount;
  /** One of the three out of `[positions, places + 2, keyValueHeads, headSize]`. */
  const part = (value: string, index: 0 | 1 | 2) => () => {
    const apart = graph.node('Reshape', [value, graph.int64([-1, places + 2, keyValueHeadCount, headSize])]);
    const split = graph.nodeOutputs('Split', [apart, graph.int64([places, 1, 1])], {
      attributes: { axis: 1 },
      outputs: 3,
    });
    return graph.node('Transpose', [split[index]!], { attributes: { perm: [0, 2, 1, 3] } });
  };
  const rotatedQuery = () => {
    const query = part(all, 0)();
    if (!scaled) return query;
    const scale = graph.float32('attention.scale', Float32Array.of(attentionScale), []);
    return graph.node('Div', [query, scale]);
  };
  const shape = ['groups', keyValueHeadCount, places, 'rows', 'length', 'past + tail + length'];
  tapAttention(graph, layer, architecture, {
    query: part(projected, 0),
    key: part(projected, 1),
    value: part(projected, 2),
    ...(rotation && { rotatedQuery, rotatedKey: part(all, 1) }),
    scores: { value: masked, shape },
    pattern: { value: weights, shape },
    mixed,
  });
}
