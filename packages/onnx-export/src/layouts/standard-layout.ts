import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryFrequency } from '../layers/rotary-angle';
import type { DecoderLayout, LayoutSizes } from './decoder-layout';
import { standardInputs } from './standard-inputs';

/**
 * The ecosystem's convention in standard operators only, the way optimum writes it: the new keys and values are
 * joined to the past, repeated for every query head, and the whole of them goes out. Any head size, any runtime.
 */
export function standardLayout(graph: GraphBuilder, sizes: LayoutSizes): DecoderLayout {
  const { headCount, keyValueHeadCount, headSize } = sizes;
  const querySize = headCount * headSize;
  const inputs = standardInputs(graph, sizes);
  const concat = (parts: readonly string[], axis: number, outputs?: readonly string[]) =>
    graph.node('Concat', parts, { attributes: { axis }, ...(outputs ? { outputs } : {}) });
  const scale = graph.float32('attention.scale', Float32Array.of(1 / Math.sqrt(headSize)), []);
  const headShape = (heads: number) => concat([inputs.shape, graph.int64([heads, headSize])], 0);
  const shapes = { query: headShape(headCount), key: headShape(keyValueHeadCount) };
  const total = graph.node('Shape', [inputs.attentionMask], { attributes: { start: 1, end: 2 } });
  const batch = graph.node('Shape', [inputs.attentionMask], { attributes: { start: 0, end: 1 } });
  const group = headCount / keyValueHeadCount;
  const repeated = concat(
    [batch, graph.int64([keyValueHeadCount, group]), total, graph.int64([headSize])],
    0,
  );
  const merged = concat([batch, graph.int64([headCount]), total, graph.int64([headSize])], 0);
  const mask = causalMask(graph, inputs.shape, inputs.attentionMask, total);
  const turn = rotary(graph, inputs.positionIds, sizes);

  const byHead = (value: string, shape: string) =>
    graph.node('Transpose', [graph.node('Reshape', [value, shape])], { attributes: { perm: [0, 2, 1, 3] } });
  const forEveryHead = (value: string) =>
    group === 1
      ? value
      : graph.node('Reshape', [
          graph.node('Expand', [graph.node('Unsqueeze', [value, graph.int64([2])]), repeated]),
          merged,
        ]);

  return {
    ids: inputs.ids,
    attend: (layer, project) => {
      const { past, present } = inputs.cache(layer);
      const keys = concat([past[0], turn(byHead(project('k_proj'), shapes.key))], 2, [present[0]]);
      const values = concat([past[1], byHead(project('v_proj'), shapes.key)], 2, [present[1]]);
      const columns = graph.node('Transpose', [forEveryHead(keys)], { attributes: { perm: [0, 1, 3, 2] } });
      const scores = graph.node('Mul', [
        graph.node('MatMul', [turn(byHead(project('q_proj'), shapes.query)), columns]),
        scale,
      ]);
      const weights = graph.node('Softmax', [graph.node('Add', [scores, mask])], {
        attributes: { axis: -1 },
      });
      const mixed = graph.node('MatMul', [weights, forEveryHead(values)]);
      const byPosition = graph.node('Transpose', [mixed], { attributes: { perm: [0, 2, 1, 3] } });
      return graph.node('Reshape', [byPosition, graph.int64([-1, querySize])]);
    },
    logits: inputs.logits,
  };
}

/** 0 where a query may look, the lowest float32 elsewhere; shape `[batch, 1, length, total]`. */
function causalMask(graph: GraphBuilder, shape: string, attentionMask: string, total: string): string {
  const scalar = (value: string) => graph.node('Squeeze', [value]);
  const zero = scalar(graph.int64([0]));
  const one = scalar(graph.int64([1]));
  const length = graph.node('Gather', [shape, one], { attributes: { axis: 0 } });
  const totalScalar = scalar(total);
  const past = graph.node('Sub', [totalScalar, length]);
  const rows = graph.node('Unsqueeze', [graph.node('Range', [past, totalScalar, one]), graph.int64([1])]);
  const columns = graph.node('Unsqueeze', [graph.node('Range', [zero, totalScalar, one]), graph.int64([0])]);
  const causal = graph.node('LessOrEqual', [columns, rows]);
  const seen = graph.node('Greater', [
    graph.node('Unsqueeze', [attentionMask, graph.int64([1, 2])]),
    graph.int64([0]),
  ]);
  const allowed = graph.node('And', [causal, seen]);
  const open = graph.float32('mask.open', Float32Array.of(0), []);
  const closed = graph.float32('mask.closed', Float32Array.of(-3.4028234663852886e38), []);
  return graph.node('Where', [allowed, open, closed]);
}

/** x · cos + rotateHalf(x) · sin with the positions' angles, for values of shape `[batch, heads, length, headSize]`. */
function rotary(
  graph: GraphBuilder,
  positionIds: string,
  { headSize, rope }: LayoutSizes,
): (x: string) => string {
  const half = headSize / 2;
  const frequencies = Float32Array.from({ length: headSize }, (_, index) =>
    rotaryFrequency(index % half, { theta: rope.theta, headSize }),
  );
  const positions = graph.node('Cast', [positionIds], { attributes: { to: 1 } });
  const angles = graph.node('Mul', [
    graph.node('Unsqueeze', [positions, graph.int64([1, 3])]),
    graph.float32('rotary.frequencies', frequencies, [headSize]),
  ]);
  const cosine = graph.node('Cos', [angles]);
  const sine = graph.node('Sin', [angles]);
  return (x) => {
    const [first, second] = graph.nodeOutputs('Split', [x, graph.int64([half, half])], {
      attributes: { axis: -1 },
      outputs: 2,
    }) as [string, string];
    const turned = graph.node('Concat', [graph.node('Neg', [second]), first], { attributes: { axis: -1 } });
    return graph.node('Add', [graph.node('Mul', [x, cosine]), graph.node('Mul', [turned, sine])]);
  };
}
