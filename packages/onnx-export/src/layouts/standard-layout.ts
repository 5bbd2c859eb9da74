import type { GraphBuilder } from '../graph/graph-builder';
import type { DecoderLayout, LayoutSizes } from './decoder-layout';

/**
 * The ecosystem's convention, as transformers.js and others expect it: `input_ids`, `attention_mask`,
 * `position_ids` int64 and `past_key_values.N.key|value` in, `logits` of all positions and the whole
 * `present.N.key|value` out. Attention is ONNX Runtime's GroupQueryAttention, which wants head sizes that
 * are multiples of 16.
 */
export function standardLayout(graph: GraphBuilder, sizes: LayoutSizes): DecoderLayout {
  const { vocabSize, headCount, keyValueHeadCount, headSize } = sizes;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const inputIds = graph.input({
    name: 'input_ids',
    type: 'int64',
    shape: ['batch_size', 'sequence_length'],
  });
  const mask = graph.input({
    name: 'attention_mask',
    type: 'int64',
    shape: ['batch_size', 'total_sequence_length'],
  });
  graph.input({ name: 'position_ids', type: 'int64', shape: ['batch_size', 'sequence_length'] });
  const shape = graph.node('Shape', [inputIds]);
  const rowShape = graph.node('Concat', [shape, graph.int64([-1])], { attributes: { axis: 0 } });
  const toInt32 = (value: string) => graph.node('Cast', [value], { attributes: { to: 6 } });
  const seen = graph.node('ReduceSum', [mask, graph.int64([1])], { attributes: { keepdims: 0 } });
  const lastIndex = toInt32(graph.node('Sub', [seen, graph.int64([1])]));
  const total = toInt32(
    graph.node('Squeeze', [graph.node('Shape', [mask], { attributes: { start: 1, end: 2 } })]),
  );
  const [cosine, sine] = fullTables(graph, sizes);
  const cacheShape = (length: string) => ['batch_size', keyValueHeadCount, length, headSize] as const;

  return {
    ids: graph.node('Reshape', [inputIds, graph.int64([-1])]),
    attend: (layer, joined) => {
      const parts = graph.nodeOutputs('Split', [joined, graph.int64([querySize, keySize, keySize])], {
        attributes: { axis: -1 },
        outputs: 3,
      });
      const rows = parts.map((part) => graph.node('Reshape', [part, rowShape]));
      const past = ['key', 'value'].map((side) =>
        graph.input({
          name: `past_key_values.${layer}.${side}`,
          type: 'float32',
          shape: cacheShape('past_sequence_length'),
        }),
      );
      const present = ['key', 'value'].map((side) => `present.${layer}.${side}`);
      for (const name of present)
        graph.output({ name, type: 'float32', shape: cacheShape('total_sequence_length') });
      const mixed = graph.node('GroupQueryAttention', [...rows, ...past, lastIndex, total, cosine, sine], {
        domain: 'com.microsoft',
        attributes: {
          num_heads: headCount,
          kv_num_heads: keyValueHeadCount,
          do_rotary: 1,
          rotary_interleaved: 0,
        },
        outputs: [`mixed.${layer}`, ...present],
      });
      return graph.node('Reshape', [mixed, graph.int64([-1, querySize])]);
    },
    logits: (normed, head) => {
      const flat = graph.node('Gemm', [normed, head], { attributes: { transB: 1 } });
      graph.node('Reshape', [flat, rowShape], { outputs: ['logits'] });
      graph.output({ name: 'logits', type: 'float32', shape: ['batch_size', 'sequence_length', vocabSize] });
    },
  };
}

/** Cosines and sines of every position of the context, shape `[contextLength, headSize / 2]` each. */
function fullTables(graph: GraphBuilder, { contextLength, headSize, rope }: LayoutSizes): [string, string] {
  const half = headSize / 2;
  const angle = (index: number) => {
    const exponent = Math.fround((2 * (index % half)) / headSize);
    const frequency = Math.fround(1 / Math.fround(rope.theta ** exponent));
    return Math.fround(Math.floor(index / half) * frequency);
  };
  const table = (name: string, wave: (angle: number) => number) =>
    graph.float32(
      name,
      Float32Array.from({ length: contextLength * half }, (_, index) => wave(angle(index))),
      [contextLength, half],
    );
  return [table('rotary.cosine', Math.cos), table('rotary.sine', Math.sin)];
}
