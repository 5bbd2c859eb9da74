import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import type { AttentionInput } from '../layouts/decoder-layout';
import type { HeadRotation } from './head-rotation';
import { preparedHeads } from './prepared-heads';
import { softCap } from './soft-cap';
import { tapGroupedAttention } from './tap-grouped-attention';

/** Shapes that all layers share, int64 tensors. Places are the queries that share a key head. */
export interface AttentionShapes {
  /** `[groups, rows, length, places + 2, keyValueHeads, headSize]`: queries by place, keys, values. */
  readonly heads: string;
  /** `[past, tail, length]`: where the joined scores are parted again. */
  readonly split: string;
}

export interface GroupedAttentionOptions {
  readonly architecture: Architecture;
  readonly layer: number;
  readonly shapes: AttentionShapes;
  /** Added to the scores: 0 where a query may look, -Infinity elsewhere; `[groups, 1, 1, rows, length, past + tail + length]`. */
  readonly mask: string;
  readonly rotation: HeadRotation | null;
}

/**
 * Causal self-attention with grouped queries over a cache that the caller owns (`callerCacheLayout`). Everything has the
 * axes `[groups, keyValueHeads, places, rows, length, …]`, in which keys have one place, and the rows' common past one row.
 *
 * Scores against the rows' common past, each row's own tail and the new positions are three products, joined
 * before the softmax and parted after it: the cache is never copied. With one new position they are products of a matrix
 * and a vector, which read keys and values as they lie, and as many as there are heads, which parts well among threads.
 */
export function groupedAttention(
  graph: GraphBuilder,
  input: AttentionInput,
  options: GroupedAttentionOptions,
): string {
  const { architecture, layer, shapes, mask } = options;
  const { headCount, keyValueHeadCount, headSize, attentionScale, attentionSoftcap } = architecture;
  const places = headCount / keyValueHeadCount;
  const heads = preparedHeads(graph, input, options);
  const scoresOf = (query: string, key: string) =>
    graph.node('FusedMatMul', [query, key], {
      domain: 'com.microsoft',
      attributes: { transB: 1, ...(heads.scaled ? {} : { alpha: { float: attentionScale } }) },
    });
  const mix = (weights: string, value: string) => graph.node('MatMul', [weights, value]);

  const byHead = graph.node('Transpose', [graph.node('Reshape', [heads.all, shapes.heads])], {
    attributes: { perm: [0, 4, 3, 1, 2, 5] },
  });
  const [query, newKey, newValue] = graph.nodeOutputs('Split', [byHead, graph.int64([places, 1, 1])], {
    attributes: { axis: 2 },
    outputs: [`query.${layer}`, `new.${layer}.key`, `new.${layer}.value`],
  }) as [string, string, string];
  const cached = (name: string, side: string, rows: number | string, length: string) =>
    graph.input({
      name: `${name}.${layer}.${side}`,
      type: 'float32',
      shape: ['groups', keyValueHeadCount, 1, rows, length, headSize],
    });
  const cacheOf = (side: string, fresh: string) => {
    const shape = ['groups', keyValueHeadCount, 1, 'rows', 'length', headSize];
    graph.output({ name: fresh, type: 'float32', shape });
    return { past: cached('past', side, 1, 'past'), tail: cached('tail', side, 'rows', 'tail'), fresh };
  };
  const key = cacheOf('key', newKey);
  const value = cacheOf('value', newValue);

  const parts = [scoresOf(query, key.past), scoresOf(query, key.tail), scoresOf(query, key.fresh)];
  const scores = softCap(graph, graph.node('Concat', parts, { attributes: { axis: -1 } }), attentionSoftcap);
  const masked = graph.node('Add', [scores, mask]);
  const weights = graph.node('Softmax', [masked], { attributes: { axis: -1 } });
  const [pastWeights, tailWeights, newWeights] = graph.nodeOutputs('Split', [weights, shapes.split], {
    attributes: { axis: -1 },
    outputs: 3,
  }) as [string, string, string];
  const mixed = graph.node('Sum', [
    mix(pastWeights, value.past),
    mix(tailWeights, value.tail),
    mix(newWeights, value.fresh),
  ]);
  const byPosition = graph.node('Transpose', [mixed], { attributes: { perm: [0, 3, 4, 1, 2, 5] } });
  tapGroupedAttention(graph, options, { ...heads, masked, weights, mixed: byPosition });
  return graph.node('Reshape', [byPosition, graph.int64([-1, headCount * headSize])]);
}
