import type { GraphBuilder } from '../graph/graph-builder';
import type { RotaryTables } from './rotary-tables';

export interface GroupedAttentionOptions {
  readonly layer: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
}

/** Values that all layers share. */
export interface AttentionShared {
  readonly rotary: RotaryTables;
  /** `[batch, length, -1]` and `[batch, length, keyValueHeads, headSize]`, int64. */
  readonly rowShape: string;
  readonly valueShape: string;
  /** Added to the scores: 0 where a query may look, -Infinity elsewhere. */
  readonly pastMask: string;
  readonly newMask: string;
  /** `[capacity, length]`, int64: where the joined scores are parted again. */
  readonly splitSizes: string;
}

/**
 * Causal self-attention with grouped queries over a cache that the caller owns (`callerCacheLayout`).
 *
 * Scores against the past and against the new positions are two products, joined before the softmax and
 * parted after it: the cache is never copied. The queries of a group are folded into the rows of one
 * product, so keys and values are never repeated.
 */
export function groupedAttention(
  graph: GraphBuilder,
  joined: string,
  shared: AttentionShared,
  options: GroupedAttentionOptions,
): string {
  const { layer, headCount, keyValueHeadCount, headSize } = options;
  const group = headCount / keyValueHeadCount;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const scale = { float: 1 / Math.sqrt(headSize) };
  const cacheShape = (length: string) => ['batch', keyValueHeadCount, length, headSize] as const;
  const split = (value: string, sizes: readonly number[]) =>
    graph.nodeOutputs('Split', [value, graph.int64(sizes)], {
      attributes: { axis: -1 },
      outputs: sizes.length,
    });
  const reshape = (value: string, shape: string) => graph.node('Reshape', [value, shape]);
  const product = (a: string, b: string) =>
    graph.node('FusedMatMul', [a, b], { domain: 'com.microsoft', attributes: { transB: 1, alpha: scale } });

  const [queryKey, values] = split(joined, [querySize + keySize, keySize]) as [string, string];
  const rotated = graph.node(
    'RotaryEmbedding',
    [reshape(queryKey, shared.rowShape), shared.rotary.rows, shared.rotary.cosine, shared.rotary.sine],
    { domain: 'com.microsoft', attributes: { interleaved: 0 } },
  );
  const [queries, keys] = split(rotated, [querySize, keySize]) as [string, string];

  const byHead = graph.node(
    'Transpose',
    [reshape(queries, graph.int64([0, 0, keyValueHeadCount, group, headSize]))],
    { attributes: { perm: [0, 2, 3, 1, 4] } },
  );
  const query = reshape(byHead, graph.int64([0, 0, -1, headSize]));
  const headMajor = (value: string, side: string) =>
    graph.node('Transpose', [value], {
      attributes: { perm: [0, 2, 1, 3] },
      outputs: [`new.${layer}.${side}`],
    });
  const newKey = headMajor(reshape(keys, graph.int64([0, 0, keyValueHeadCount, headSize])), 'key');
  const newValue = headMajor(reshape(values, shared.valueShape), 'value');
  const pastKey = graph.input({ name: `past.${layer}.key`, type: 'float32', shape: cacheShape('capacity') });
  const pastValue = graph.input({
    name: `past.${layer}.value`,
    type: 'float32',
    shape: cacheShape('capacity'),
  });
  graph.output({ name: newKey, type: 'float32', shape: cacheShape('length') });
  graph.output({ name: newValue, type: 'float32', shape: cacheShape('length') });

  const pastScores = graph.node('Add', [product(query, pastKey), shared.pastMask]);
  const newScores = graph.node('Add', [product(query, newKey), shared.newMask]);
  const scores = graph.node('Concat', [pastScores, newScores], { attributes: { axis: -1 } });
  const weights = graph.node('Softmax', [scores], { attributes: { axis: -1 } });
  const [pastWeights, newWeights] = graph.nodeOutputs('Split', [weights, shared.splitSizes], {
    attributes: { axis: -1 },
    outputs: 2,
  }) as [string, string];
  const mixed = graph.node('Add', [
    graph.node('MatMul', [pastWeights, pastValue]),
    graph.node('MatMul', [newWeights, newValue]),
  ]);
  const byPosition = graph.node('Transpose', [reshape(mixed, graph.int64([0, 0, group, -1, headSize]))], {
    attributes: { perm: [0, 3, 1, 2, 4] },
  });
  return reshape(byPosition, graph.int64([-1, querySize]));
}
