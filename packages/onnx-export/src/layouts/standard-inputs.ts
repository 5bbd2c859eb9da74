import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';

/** What both standard layouts share: inputs, cache names and logits as the ecosystem spells them. */
export interface StandardInputs {
  /** Token ids, flattened to `[batch · length]`. */
  readonly ids: string;
  readonly positionIds: string;
  /** The same, flattened to `[batch · length]`. */
  positions(): string;
  readonly attentionMask: string;
  /** Shape of the ids, `[batch, length]`, int64. */
  readonly shape: string;
  /** `[batch, length, -1]`, int64. */
  readonly rowShape: string;
  /** Declares the cache of a layer; the node that makes the outputs has to use these names. */
  cache(layer: number): {
    readonly past: readonly [string, string];
    readonly present: readonly [string, string];
  };
  /** Declares `logits` of all positions. */
  logits(normed: string, head: (rows: string) => string): void;
}

/**
 * Inputs `input_ids`, `attention_mask`, `position_ids` int64 and `past_key_values.N.key|value`, outputs
 * `logits` `[batch, length, vocabSize]` and the whole `present.N.key|value`, as optimum exports them and
 * transformers.js expects them (it knows dimensions by these very names).
 */
export function standardInputs(graph: GraphBuilder, sizes: Architecture): StandardInputs {
  const { vocabSize, keyValueHeadCount, headSize } = sizes;
  const input = (name: string, length: string) =>
    graph.input({ name, type: 'int64', shape: ['batch_size', length] });
  const inputIds = input('input_ids', 'sequence_length');
  const attentionMask = input('attention_mask', 'total_sequence_length');
  const positionIds = input('position_ids', 'sequence_length');
  const shape = graph.node('Shape', [inputIds]);
  const rowShape = graph.node('Concat', [shape, graph.int64([-1])], { attributes: { axis: 0 } });
  const cacheShape = (length: string) => ['batch_size', keyValueHeadCount, length, headSize] as const;
  return {
    ids: graph.node('Reshape', [inputIds, graph.int64([-1])]),
    positionIds,
    positions: () =>
      graph.shared('flat positions', () => graph.node('Reshape', [positionIds, graph.int64([-1])])),
    attentionMask,
    shape,
    rowShape,
    cache: (layer) => {
      const declare = (side: string) => {
        const present = `present.${layer}.${side}`;
        graph.output({ name: present, type: 'float32', shape: cacheShape('total_sequence_length') });
        const past = `past_key_values.${layer}.${side}`;
        return [
          graph.input({ name: past, type: 'float32', shape: cacheShape('past_sequence_length') }),
          present,
        ] as const;
      };
      const [pastKey, presentKey] = declare('key');
      const [pastValue, presentValue] = declare('value');
      return { past: [pastKey, pastValue], present: [presentKey, presentValue] };
    },
    logits: (normed, head) => {
      graph.node('Reshape', [head(normed), rowShape], { outputs: ['logits'] });
      graph.output({ name: 'logits', type: 'float32', shape: ['batch_size', 'sequence_length', vocabSize] });
    },
  };
}
