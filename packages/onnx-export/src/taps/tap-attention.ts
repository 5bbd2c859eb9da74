import type { GraphBuilder } from '../graph/graph-builder';

type Value = string | (() => string);

interface Scores {
  readonly value: string;
  readonly shape: readonly (string | number)[];
}

/** What the attention of one layer makes, in a layout's own shapes; what a layout does not make is left out. */
export interface AttentionValues {
  /** Any shape that holds `[positions, heads, headSize]` in this order; likewise all but the scores and the pattern. */
  readonly query?: Value;
  readonly key?: Value;
  readonly value?: Value;
  readonly rotatedQuery?: Value;
  readonly rotatedKey?: Value;
  readonly mixed?: Value;
  /** Behind the scale and the mask. */
  readonly scores?: Scores;
  /** Behind the softmax. */
  readonly pattern?: Scores;
}

/**
 * Offers a layer's attention under TransformerLens's names below `blocks.N.attn`: `hook_q`, `hook_k`, `hook_v`
 * (before the rotation), `hook_rot_q`, `hook_rot_k`, `hook_z` as `[positions, heads, headSize]`, and
 * `hook_attn_scores` and `hook_pattern` in the layout's own shape.
 */
export function tapAttention(
  graph: GraphBuilder,
  layer: number,
  sizes: { readonly headCount: number; readonly keyValueHeadCount: number; readonly headSize: number },
  values: AttentionValues,
): void {
  const { headCount, keyValueHeadCount, headSize } = sizes;
  const perHead = (name: string, heads: number, value: Value | undefined) => {
    if (value === undefined) return;
    const shaped = () =>
      graph.node('Reshape', [
        typeof value === 'string' ? value : value(),
        graph.int64([-1, heads, headSize]),
      ]);
    graph.tap(`blocks.${layer}.attn.${name}`, shaped, ['positions', heads, headSize]);
  };
  perHead('hook_q', headCount, values.query);
  perHead('hook_k', keyValueHeadCount, values.key);
  perHead('hook_v', keyValueHeadCount, values.value);
  perHead('hook_rot_q', headCount, values.rotatedQuery);
  perHead('hook_rot_k', keyValueHeadCount, values.rotatedKey);
  const { scores, pattern } = values;
  if (scores) graph.tap(`blocks.${layer}.attn.hook_attn_scores`, scores.value, scores.shape);
  if (pattern) graph.tap(`blocks.${layer}.attn.hook_pattern`, pattern.value, pattern.shape);
  perHead('hook_z', headCount, values.mixed);
}
