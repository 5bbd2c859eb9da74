import { type Architecture, ropeOf, slidingWindowOf } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { plainRotation } from '../layers/plain-rotation';
import { softCap } from '../layers/soft-cap';
import { tapAttention } from '../taps/tap-attention';
import type { DecoderLayout } from './decoder-layout';
import { standardInputs } from './standard-inputs';
import { standardMasks } from './standard-masks';

/**
 * The ecosystem's convention in standard operators only, the way optimum writes it: the new keys and values are
 * joined to the past, repeated for every query head, and the whole of them goes out. Any head size, any runtime.
 */
export function standardLayout(graph: GraphBuilder, architecture: Architecture): DecoderLayout {
  const { headCount, keyValueHeadCount, headSize, attentionScale, attentionSoftcap } = architecture;
  const querySize = headCount * headSize;
  const inputs = standardInputs(graph, architecture);
  const concat = (parts: readonly string[], axis: number, outputs?: readonly string[]) =>
    graph.node('Concat', parts, { attributes: { axis }, ...(outputs ? { outputs } : {}) });
  const scale = graph.float32('attention.scale', Float32Array.of(attentionScale), []);
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
  const maskOf = standardMasks(graph, inputs.shape, inputs.attentionMask, total);
  const rotation = plainRotation(graph, inputs.positionIds, headSize);

  const transposed = (value: string) =>
    graph.node('Transpose', [value], { attributes: { perm: [0, 2, 1, 3] } });
  const apart = (value: string, shape: string) => graph.node('Reshape', [value, shape]);
  const byHead = (value: string, shape: string) => transposed(apart(value, shape));
  const forEveryHead = (value: string) =>
    group === 1
      ? value
      : graph.node('Reshape', [
          graph.node('Expand', [graph.node('Unsqueeze', [value, graph.int64([2])]), repeated]),
          merged,
        ]);

  return {
    ids: inputs.ids,
    positions: inputs.positions,
    attend: (layer, input) => {
      const rope = ropeOf(architecture, layer);
      const turn = rope ? rotation(rope) : (value: string) => value;
      const { past, present } = inputs.cache(layer);
      const [query, key, value] = [input.project('query'), input.project('key'), input.project('value')];
      const turnedKey = turn(transposed(input.norm('key', apart(key, shapes.key))));
      const turnedQuery = turn(transposed(input.norm('query', apart(query, shapes.query))));
      const keys = concat([past[0], turnedKey], 2, [present[0]]);
      const values = concat([past[1], byHead(value, shapes.key)], 2, [present[1]]);
      const columns = graph.node('Transpose', [forEveryHead(keys)], { attributes: { perm: [0, 1, 3, 2] } });
      const scores = graph.node('Mul', [graph.node('MatMul', [turnedQuery, columns]), scale]);
      const masked = graph.node('Add', [
        softCap(graph, scores, attentionSoftcap),
        maskOf(slidingWindowOf(architecture, layer)),
      ]);
      const weights = graph.node('Softmax', [masked], {
        attributes: { axis: -1 },
      });
      const mixed = graph.node('MatMul', [weights, forEveryHead(values)]);
      const byPosition = transposed(mixed);
      const shape = ['batch_size', headCount, 'sequence_length', 'total_sequence_length'];
      tapAttention(graph, layer, architecture, {
        query,
        key,
        value,
        ...(rope && {
          rotatedQuery: () => transposed(turnedQuery),
          rotatedKey: () => transposed(turnedKey),
        }),
        scores: { value: masked, shape },
        pattern: { value: weights, shape },
        mixed: byPosition,
      });
      return graph.node('Reshape', [byPosition, graph.int64([-1, querySize])]);
    },
    logits: inputs.logits,
  };
}
