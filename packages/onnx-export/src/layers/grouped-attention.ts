import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import type { AttentionInput } from '../layouts/decoder-layout';
import { tapAttention } from '../taps/tap-attention';
import { preparedHeads } from './prepared-heads';
import type { RotaryTables } from './rotary-tables';
import { softCap } from './soft-cap';

/** Shapes that all layers share, int64 tensors, with `q` queries of a head: queries a group × length. */
export interface AttentionShapes {
  /** `[groups, rows, length, keyValueHeads, queriesPerHead, headSize]`. */
  readonly queryHeads: string;
  /** `[groups, rows, length, keyValueHeads, headSize]`. */
  readonly keyHeads: string;
  /** `[groups · rows, length, width]`. */
  rotated(width: number): string;
  /** `[groups, keyValueHeads, rows, q, past]`, and with rows folded into the queries: `[groups, keyValueHeads, rows · q, past]`. */
  readonly pastScores: string;
  readonly foldedScores: string;
  /** `[groups, keyValueHeads, rows, q, headSize]`. */
  readonly mixed: string;
  /** `[past, tail, length]`: where the joined scores are parted again. */
  readonly split: string;
}

export interface GroupedAttentionOptions {
  readonly architecture: Architecture;
  readonly layer: number;
  readonly shapes: AttentionShapes;
  /** Added to the scores: 0 where a query may look, -Infinity elsewhere; `[groups, 1, rows, q, past + tail + length]`. */
  readonly mask: string;
  readonly rotary: { readonly tables: RotaryTables; readonly dimensions: number } | null;
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
  input: AttentionInput,
  options: GroupedAttentionOptions,
): string {
  const { architecture, layer, shapes, mask } = options;
  const { headCount, keyValueHeadCount, headSize, attentionScale, attentionSoftcap } = architecture;
  const querySize = headCount * headSize;
  const reshape = (value: string, shape: string) => graph.node('Reshape', [value, shape]);
  const scoresOf = (query: string, key: string) =>
    graph.node('FusedMatMul', [query, key], {
      domain: 'com.microsoft',
      attributes: { transB: 1, alpha: { float: attentionScale } },
    });
  const mix = (weights: string, value: string) => graph.node('MatMul', [weights, value]);

  const heads = preparedHeads(graph, input, options);
  const byHead = graph.node('Transpose', [reshape(heads.queries, shapes.queryHeads)], {
    attributes: { perm: [0, 3, 1, 4, 2, 5] },
  });
  const rowQuery = reshape(byHead, graph.int64([0, 0, 0, -1, headSize]));
  const foldedQuery = reshape(byHead, graph.int64([0, 0, -1, headSize]));

  const cacheOf = (side: string, value: string) => {
    const own = (length: string) => ['groups', keyValueHeadCount, 'rows', length, headSize];
    const declare = (name: string, shape: readonly (string | number)[]) =>
      graph.input({ name: `${name}.${layer}.${side}`, type: 'float32', shape });
    const past = declare('past', ['groups', keyValueHeadCount, 'past', headSize]);
    const tail = declare('tail', own('tail'));
    const fresh = graph.node('Transpose', [reshape(value, shapes.keyHeads)], {
      attributes: { perm: [0, 3, 1, 2, 4] },
      outputs: [`new.${layer}.${side}`],
    });
    graph.output({ name: fresh, type: 'float32', shape: own('length') });
    return { past, tail, fresh };
  };
  const key = cacheOf('key', heads.keys);
  const value = cacheOf('value', heads.values);

  const pastScores = reshape(scoresOf(foldedQuery, key.past), shapes.pastScores);
  const parts = [pastScores, scoresOf(rowQuery, key.tail), scoresOf(rowQuery, key.fresh)];
  const scores = softCap(graph, graph.node('Concat', parts, { attributes: { axis: -1 } }), attentionSoftcap);
  const masked = graph.node('Add', [scores, mask]);
  const weights = graph.node('Softmax', [masked], { attributes: { axis: -1 } });
  const [pastWeights, tailWeights, newWeights] = graph.nodeOutputs('Split', [weights, shapes.split], {
    attributes: { axis: -1 },
    outputs: 3,
  }) as [string, string, string];
  const fromPast = mix(reshape(pastWeights, shapes.foldedScores), value.past);
  const fromRow = graph.node('Add', [mix(tailWeights, value.tail), mix(newWeights, value.fresh)]);
  const mixed = graph.node('Add', [reshape(fromPast, shapes.mixed), fromRow]);
  const apart = graph.int64([0, 0, 0, headCount / keyValueHeadCount, -1, headSize]);
  const byPosition = graph.node('Transpose', [reshape(mixed, apart)], {
    attributes: { perm: [0, 2, 4, 1, 3, 5] },
  });
  const shape = ['groups', keyValueHeadCount, 'rows', 'queries', 'past + tail + length'];
  tapAttention(graph, layer, architecture, {
    query: heads.projectedQueries,
    key: heads.projectedKeys,
    value: heads.values,
    ...(options.rotary && { rotatedQuery: heads.queries, rotatedKey: heads.keys }),
    scores: { value: masked, shape },
    pattern: { value: weights, shape },
    mixed: byPosition,
  });
  return reshape(byPosition, graph.int64([-1, querySize]));
}
