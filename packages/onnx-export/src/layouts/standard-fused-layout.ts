import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryAngle } from '../layers/rotary-angle';
import type { DecoderLayout, LayoutSizes } from './decoder-layout';
import { standardInputs } from './standard-inputs';

/**
 * The standard convention with attention as one operator, ONNX Runtime's GroupQueryAttention, which wants
 * head sizes that are multiples of 16.
 */
export function standardFusedLayout(graph: GraphBuilder, sizes: LayoutSizes): DecoderLayout {
  const { headCount, keyValueHeadCount, headSize } = sizes;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const inputs = standardInputs(graph, sizes);
  const toInt32 = (value: string) => graph.node('Cast', [value], { attributes: { to: 6 } });
  const seen = graph.node('ReduceSum', [inputs.attentionMask, graph.int64([1])], {
    attributes: { keepdims: 0 },
  });
  const lastIndex = toInt32(graph.node('Sub', [seen, graph.int64([1])]));
  const length = graph.node('Shape', [inputs.attentionMask], { attributes: { start: 1, end: 2 } });
  const total = toInt32(graph.node('Squeeze', [length]));
  const [cosine, sine] = fullTables(graph, sizes);

  return {
    ids: inputs.ids,
    attend: (layer, project) => {
      const joined = project('q_proj', 'k_proj', 'v_proj');
      const parts = graph.nodeOutputs('Split', [joined, graph.int64([querySize, keySize, keySize])], {
        attributes: { axis: -1 },
        outputs: 3,
      });
      const rows = parts.map((part) => graph.node('Reshape', [part, inputs.rowShape]));
      const { past, present } = inputs.cache(layer);
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
    logits: inputs.logits,
  };
}

/** Cosines and sines of every position of the context, shape `[contextLength, headSize / 2]` each. */
function fullTables(graph: GraphBuilder, { contextLength, headSize, rope }: LayoutSizes): [string, string] {
  const half = headSize / 2;
  const table = (name: string, wave: (angle: number) => number) => {
    const values = Float32Array.from({ length: contextLength * half }, (_, index) =>
      wave(rotaryAngle(Math.floor(index / half), index % half, { theta: rope.theta, headSize })),
    );
    return graph.float32(name, values, [contextLength, half]);
  };
  return [table('rotary.cosine', Math.cos), table('rotary.sine', Math.sin)];
}
