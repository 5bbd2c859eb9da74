import type { GraphBuilder } from '../graph/graph-builder';
import { type AttentionShared, groupedAttention } from '../layers/grouped-attention';
import { rotaryTables } from '../layers/rotary-tables';
import type { DecoderLayout, LayoutSizes } from './decoder-layout';

/**
 * Our own convention: the caller owns the cache and hands in all of its capacity; only the new positions'
 * keys and values go out, so a step moves a few kilobytes however long the text is. Rows come in groups: those
 * of one group have a common past, stored and read once, and each a tail of its own.
 *
 * Inputs: `input_ids`, `position_ids` int32 `[groups, rows, length]`; `past_mask` float32
 * `[groups, 1, 1, 1, past]`, `tail_mask` `[groups, 1, rows, 1, tail]` and `new_mask` `[length, length]`, all 0 or
 * -Infinity; `logits_rows` int32 `[logits_rows]`, the flattened positions that go through the output layer;
 * `past.N.key|value` `[groups, keyValueHeads, past, headSize]`, `tail.N.key|value`
 * `[groups, keyValueHeads, rows, tail, headSize]`.
 * Outputs: `logits` `[logits_rows, vocabSize]`; `new.N.key|value` `[groups, keyValueHeads, rows, length, headSize]`;
 * `hidden.N` `[positions, hiddenSize]`, from the embeddings (0) to what the output layer reads. These values exist
 * anyway: who does not fetch them pays nothing.
 */
export function callerCacheLayout(graph: GraphBuilder, sizes: LayoutSizes): DecoderLayout {
  const { vocabSize, hiddenSize, headCount, keyValueHeadCount, headSize, rope } = sizes;
  const int32 = (name: string, shape: readonly string[]) => graph.input({ name, type: 'int32', shape });
  const inputIds = int32('input_ids', ['groups', 'rows', 'length']);
  const positionIds = int32('position_ids', ['groups', 'rows', 'length']);
  const shared = sharedValues(graph, sizes, { inputIds });
  const logitsRows = int32('logits_rows', ['logits_rows']);
  const flat = (value: string) => graph.node('Reshape', [value, graph.int64([-1])]);
  const rotary = rotaryTables(graph, flat(positionIds), shared.rowsShape, { theta: rope.theta, headSize });
  return {
    ids: flat(inputIds),
    attend: (layer, project) =>
      groupedAttention(
        graph,
        project('q_proj', 'k_proj', 'v_proj'),
        { ...shared, rotary },
        { layer, headCount, keyValueHeadCount, headSize },
      ),
    hiddenStates: (values) => {
      values.forEach((value, layer) => {
        const name = graph.rename(value, `hidden.${layer}`);
        graph.output({ name, type: 'float32', shape: ['positions', hiddenSize] });
      });
    },
    logits: (normed, head) => {
      const wanted = graph.node('Gather', [normed, logitsRows], { attributes: { axis: 0 } });
      const name = graph.node('Gemm', [wanted, head], { attributes: { transB: 1 }, outputs: ['logits'] });
      graph.output({ name, type: 'float32', shape: ['logits_rows', vocabSize] });
    },
  };
}

/** Shapes and the mask, computed once for all layers; `rowsShape` is `[groups · rows, length]`. */
function sharedValues(
  graph: GraphBuilder,
  { headCount, keyValueHeadCount, headSize }: LayoutSizes,
  { inputIds }: { readonly inputIds: string },
): Omit<AttentionShared, 'rotary'> & { readonly rowsShape: string } {
  const mask = (name: string, shape: readonly (string | number)[]) =>
    graph.input({ name, type: 'float32', shape });
  const pastMask = mask('past_mask', ['groups', 1, 1, 1, 'past']);
  const tailMask = mask('tail_mask', ['groups', 1, 'rows', 1, 'tail']);
  const newMask = mask('new_mask', ['length', 'length']);

  const queriesPerHead = headCount / keyValueHeadCount;
  const constant = (...values: number[]) => graph.int64(values);
  const joined = (...parts: readonly string[]) => graph.node('Concat', parts, { attributes: { axis: 0 } });
  const size = (value: string, axis: number) =>
    graph.node('Shape', [value], { attributes: { start: axis, end: axis + 1 } });
  const [groups, rows, length] = [0, 1, 2].map((axis) => size(inputIds, axis)) as [string, string, string];
  const [past, tail] = [size(pastMask, 4), size(tailMask, 4)];
  const shape = graph.node('Shape', [inputIds]);
  const queries = graph.node('Mul', [length, constant(queriesPerHead)]);

  const perRow = joined(groups, constant(1), rows, queries);
  const expanded = (value: string, width: string) => graph.node('Expand', [value, joined(perRow, width)]);
  const perHead = joined(...Array.from({ length: queriesPerHead }, () => newMask));
  const masks = [expanded(pastMask, past), expanded(tailMask, tail), expanded(perHead, length)];
  return {
    rowsShape: joined(constant(-1), length),
    rotaryShape: joined(constant(-1), length, constant((headCount + keyValueHeadCount) * headSize)),
    queryShape: joined(shape, constant(keyValueHeadCount, queriesPerHead, headSize)),
    keyShape: joined(shape, constant(keyValueHeadCount, headSize)),
    pastScoresShape: joined(constant(0, 0), rows, constant(-1), past),
    foldedScoresShape: joined(constant(0, 0, -1), past),
    mixedShape: joined(constant(0, 0), rows, constant(-1, headSize)),
    mask: graph.node('Concat', masks, { attributes: { axis: -1 } }),
    splitSizes: joined(past, tail, length),
  };
}
