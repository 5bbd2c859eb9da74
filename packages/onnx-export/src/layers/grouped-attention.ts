import type { GraphBuilder } from '../graph/graph-builder';
import type { RotaryTables } from './rotary-tables';

export interface GroupedAttentionOptions {
  readonly layer: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
}

/** Values that all layers share; shapes are int64 tensors, with `q` queries of a head: queries a group × length. */
export interface AttentionShared {
  readonly rotary: RotaryTables;
  /** `[groups · rows, length, querySize + keySize]`. */
  readonly rotaryShape: string;
  /** `[groups, rows, length, keyValueHeads, queriesPerHead, headSize]`. */
  readonly queryShape: string;
  /** `[groups, rows, length, keyValueHeads, headSize]`. */
  readonly keyShape: string;
  /** `[groups, keyValueHeads, rows, q, past]`, and with rows folded into the queries: `[groups, keyValueHeads, rows · q, past]`. */
  readonly pastScoresShape: string;
  readonly foldedScoresShape: string;
  /** `[groups, keyValueHeads, rows, q, headSize]`. */
  readonly mixedShape: string;
  /** Added to the scores: 0 where a query may look, -Infinity elsewhere; `[groups, 1, rows, q, past + tail + length]`. */
  readonly mask: string;
  /** `[past, tail, length]`, int64: where the joined scores are parted again. */
  readonly splitSizes: string;
}

/**
 * Causal self-attention with grouped queries over a cache that the caller owns (`callerCacheLayout`).
 *
 * Scores against the rows' common past, each row's own tail and the new positions are three products, joined
 * before the softmax and parted after it: the cache is never copied. The queries of a head, and for the common
 * past those of all rows, are folded into the rows of one product, so keys and values are read once.
 */
export function groupedAttention(
  graph: GraphBuilder,
  joined: string,
  shared: AttentionShared,
  options: GroupedAttentionOptions,
): string {
  const { layer, headCount, keyValueHeadCount, headSize } = options;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const scale = { float: 1 / Math.sqrt(headSize) };
  const split = (value: string, sizes: string, outputs: number) =>
    graph.nodeOutputs('Split', [value, sizes], { attributes: { axis: -1 }, outputs });
  const reshape = (value: string, shape: string) => graph.node('Reshape', [value, shape]);
  const scoresOf = (query: string, key: string) =>
    graph.node('FusedMatMul', [query, key], {
      domain: 'com.microsoft',
      attributes: { transB: 1, alpha: scale },
    });
  const mix = (weights: string, value: string) => graph.node('MatMul', [weights, value]);

  const [queryKey, values] = split(joined, graph.int64([querySize + keySize, keySize]), 2) as [
    string,
    string,
  ];
  const rotated = graph.node(
    'RotaryEmbedding',
    [reshape(queryKey, shared.rotaryShape), shared.rotary.rows, shared.rotary.cosine, shared.rotary.sine],
    { domain: 'com.microsoft', attributes: { interleaved: 0 } },
  );
  const [queries, keys] = split(rotated, graph.int64([querySize, keySize]), 2) as [string, string];
  const byHead = graph.node('Transpose', [reshape(queries, shared.queryShape)], {
    attributes: { perm: [0, 3, 1, 4, 2, 5] },
  });
  const rowQuery = reshape(byHead, graph.int64([0, 0, 0, -1, headSize]));
  const foldedQuery = reshape(byHead, graph.int64([0, 0, -1, headSize]));

  const cacheOf = (side: string, value: string) => {
    const own = (length: string) => ['groups', keyValueHeadCount, 'rows', length, headSize];
    const input = (name: string, shape: readonly (string | number)[]) =>
      graph.input({ name: `${name}.${layer}.${side}`, type: 'float32', shape });
    const past = input('past', ['groups', keyValueHeadCount, 'past', headSize]);
    const tail = input('tail', own('tail'));
    const fresh = graph.node('Transpose', [reshape(value, shared.keyShape)], {
      attributes: { perm: [0, 3, 1, 2, 4] },
      outputs: [`new.${layer}.${side}`],
    });
    graph.output({ name: fresh, type: 'float32', shape: own('length') });
    return { past, tail, fresh };
  };
  const key = cacheOf('key', keys);
  const value = cacheOf('value', values);

  const pastScores = reshape(scoresOf(foldedQuery, key.past), shared.pastScoresShape);
  const parts = [pastScores, scoresOf(rowQuery, key.tail), scoresOf(rowQuery, key.fresh)];
  const scores = graph.node('Concat', parts, { attributes: { axis: -1 } });
  const weights = graph.node('Softmax', [graph.node('Add', [scores, shared.mask])], {
    attributes: { axis: -1 },
  });
  const [pastWeights, tailWeights, newWeights] = split(weights, shared.splitSizes, 3) as [
    string,
    string,
    string,
  ];
  const fromPast = mix(reshape(pastWeights, shared.foldedScoresShape), value.past);
  const fromRow = graph.node('Add', [mix(tailWeights, value.tail), mix(newWeights, value.fresh)]);
  const mixed = graph.node('Add', [reshape(fromPast, shared.mixedShape), fromRow]);
  const apart = graph.int64([0, 0, 0, headCount / keyValueHeadCount, -1, headSize]);
  const byPosition = graph.node('Transpose', [reshape(mixed, apart)], {
    attributes: { perm: [0, 2, 4, 1, 3, 5] },
  });
  return reshape(byPosition, graph.int64([-1, querySize]));
}
