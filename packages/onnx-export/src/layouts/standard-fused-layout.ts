import { type Architecture, type RotaryEmbedding, ropeOf, slidingWindowOf } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { fullRotaryTables } from '../layers/full-rotary-tables';
import { rotaryTables } from '../layers/rotary-tables';
import { rotate } from '../layers/rotate';
import { tapAttention } from '../taps/tap-attention';
import type { DecoderLayout } from './decoder-layout';
import { standardInputs } from './standard-inputs';

/**
 * The standard convention with attention as one operator, ONNX Runtime's GroupQueryAttention, which wants
 * head sizes that are multiples of 8.
 */
export function standardFusedLayout(graph: GraphBuilder, architecture: Architecture): DecoderLayout {
  const { headCount, keyValueHeadCount, headSize, contextLength } = architecture;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const inputs = standardInputs(graph, architecture);
  const toInt32 = (value: string) => graph.node('Cast', [value], { attributes: { to: 6 } });
  const seen = graph.node('ReduceSum', [inputs.attentionMask, graph.int64([1])], {
    attributes: { keepdims: 0 },
  });
  const lastIndex = toInt32(graph.node('Sub', [seen, graph.int64([1])]));
  const length = graph.node('Shape', [inputs.attentionMask], { attributes: { start: 1, end: 2 } });
  const total = toInt32(graph.node('Squeeze', [length]));
  const tablesOf = rotaryTables(graph, inputs.positions, inputs.shape);
  /** Rotates in a node of its own what the attention operator cannot. */
  const turn = (x: string, heads: number, rope: RotaryEmbedding | null) =>
    rope && !full(rope)
      ? rotate(graph, x, tablesOf(rope), { heads, headSize, dimensions: rope.dimensions })
      : x;
  const full = (rope: RotaryEmbedding) => fullRotaryTables(graph, rope, { headSize, contextLength });

  return {
    ids: inputs.ids,
    positions: inputs.positions,
    attend: (layer, input) => {
      const rope = ropeOf(architecture, layer);
      const tables = rope && full(rope);
      const parts = graph.nodeOutputs(
        'Split',
        [input.project('query', 'key', 'value'), graph.int64([querySize, keySize, keySize])],
        { attributes: { axis: -1 }, outputs: 3 },
      ) as [string, string, string];
      const shaped = (x: string) => graph.node('Reshape', [x, inputs.rowShape]);
      const normed = (role: 'query' | 'key', x: string) =>
        architecture.queryKeyNorm
          ? input.norm(role, graph.node('Reshape', [x, graph.int64([-1, headSize])]))
          : x;
      const query = turn(shaped(normed('query', parts[0])), headCount, rope);
      const key = turn(shaped(normed('key', parts[1])), keyValueHeadCount, rope);
      const { past, present } = inputs.cache(layer);
      const mixed = graph.node(
        'GroupQueryAttention',
        [query, key, shaped(parts[2]), ...past, lastIndex, total, ...(tables ?? [])],
        {
          domain: 'com.microsoft',
          attributes: {
            num_heads: headCount,
            kv_num_heads: keyValueHeadCount,
            ...(tables ? { do_rotary: 1, rotary_interleaved: 0 } : {}),
            ...attentionOptions(architecture, layer),
          },
          outputs: [`mixed.${layer}`, ...present],
        },
      );
      tapAttention(graph, layer, architecture, { query: parts[0], key: parts[1], value: parts[2], mixed });
      return graph.node('Reshape', [mixed, graph.int64([-1, querySize])]);
    },
    logits: inputs.logits,
  };
}

/** What differs from the operator's defaults. */
function attentionOptions(architecture: Architecture, layer: number) {
  const { headSize, attentionScale, attentionSoftcap, contextLength } = architecture;
  const window = slidingWindowOf(architecture, layer);
  return {
    ...(attentionScale === 1 / Math.sqrt(headSize) ? {} : { scale: { float: attentionScale } }),
    ...(attentionSoftcap === null ? {} : { softcap: { float: attentionSoftcap } }),
    ...(window === null || window >= contextLength ? {} : { local_window_size: window }),
  };
}
