import type { GraphBuilder } from '../graph/graph-builder';
import { groupedAttention } from '../layers/grouped-attention';
import { rotaryTables } from '../layers/rotary-tables';
import type { DecoderLayout, LayoutSizes } from './decoder-layout';

/**
 * Our own convention: the caller owns the cache and hands in all of its capacity; only the new positions'
 * keys and values go out, so a step moves a few kilobytes however long the text is.
 *
 * Inputs: `input_ids`, `position_ids` int32 `[batch, length]`; `past_mask` float32 `[batch, 1, 1, capacity]`
 * and `new_mask` float32 `[length, length]`, both 0 or -Infinity; `logits_rows` int32 `[rows]`, the flattened
 * positions that go through the output layer; `past.N.key|value` `[batch, keyValueHeads, capacity, headSize]`.
 * Outputs: `logits` `[rows, vocabSize]`; `new.N.key|value` `[batch, keyValueHeads, length, headSize]`.
 */
export function callerCacheLayout(graph: GraphBuilder, sizes: LayoutSizes): DecoderLayout {
  const { vocabSize, headCount, keyValueHeadCount, headSize, rope } = sizes;
  const inputIds = graph.input({ name: 'input_ids', type: 'int32', shape: ['batch', 'length'] });
  const positionIds = graph.input({ name: 'position_ids', type: 'int32', shape: ['batch', 'length'] });
  const pastMask = graph.input({ name: 'past_mask', type: 'float32', shape: ['batch', 1, 1, 'capacity'] });
  const newMask = graph.input({ name: 'new_mask', type: 'float32', shape: ['length', 'length'] });
  const logitsRows = graph.input({ name: 'logits_rows', type: 'int32', shape: ['logits_rows'] });

  const flat = (value: string) => graph.node('Reshape', [value, graph.int64([-1])]);
  const joined = (parts: readonly string[]) => graph.node('Concat', parts, { attributes: { axis: 0 } });
  const shape = graph.node('Shape', [inputIds]);
  const length = graph.node('Shape', [inputIds], { attributes: { start: 1, end: 2 } });
  const capacity = graph.node('Shape', [pastMask], { attributes: { start: 3, end: 4 } });
  const shared = {
    rotary: rotaryTables(graph, flat(positionIds), shape, { theta: rope.theta, headSize }),
    rowShape: joined([shape, graph.int64([-1])]),
    valueShape: joined([shape, graph.int64([keyValueHeadCount, headSize])]),
    pastMask,
    newMask: joined(Array.from({ length: headCount / keyValueHeadCount }, () => newMask)),
    splitSizes: joined([capacity, length]),
  };
  return {
    ids: flat(inputIds),
    attend: (layer, project) =>
      groupedAttention(graph, project('q_proj', 'k_proj', 'v_proj'), shared, {
        layer,
        headCount,
        keyValueHeadCount,
        headSize,
      }),
    logits: (normed, head) => {
      const wanted = graph.node('Gather', [normed, logitsRows], { attributes: { axis: 0 } });
      const name = graph.node('Gemm', [wanted, head], { attributes: { transB: 1 }, outputs: ['logits'] });
      graph.output({ name, type: 'float32', shape: ['logits_rows', vocabSize] });
    },
  };
}
