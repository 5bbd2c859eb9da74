import { type Architecture, ropeOf, slidingWindowOf } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { type AttentionShapes, groupedAttention } from '../layers/grouped-attention';
import { headRotation } from '../layers/head-rotation';
import { cachePositions, slidingMask } from '../layers/sliding-mask';
import type { DecoderLayout } from './decoder-layout';

/**
 * Our own convention: the caller owns the cache and hands in all of its capacity; only the new positions'
 * keys and values go out, so a step moves a few kilobytes however long the text is. Rows come in groups: those
 * of one group have a common past, stored and read once, and each a tail of its own.
 *
 * Inputs: `input_ids`, `position_ids` int32 `[groups, rows, length]`; `past_mask` float32
 * `[groups, 1, 1, 1, 1, past]`, `tail_mask` `[groups, 1, 1, rows, 1, tail]` and `new_mask` `[length, length]`, all 0 or
 * -Infinity; `logits_rows` int32 `[logits_rows]`, the flattened positions that go through the output layer;
 * `past.N.key|value` `[groups, keyValueHeads, 1, 1, past, headSize]`, `tail.N.key|value`
 * `[groups, keyValueHeads, 1, rows, tail, headSize]`. The third axis is that of the queries which share a key head.
 * Outputs: `logits` `[logits_rows, vocabSize]`; `new.N.key|value` `[groups, keyValueHeads, 1, rows, length, headSize]`;
 * `new`, all of these along the first axis, keys and values by turns: one array costs a host less than many;
 * `hidden.N` `[positions, hiddenSize]`, from the embeddings (0) to what the output layer reads. These values exist
 * anyway: who does not fetch them pays nothing.
 *
 * The masks say what there is; sliding windows are the graph's own business: it masks by distance.
 */
export function callerCacheLayout(graph: GraphBuilder, architecture: Architecture): DecoderLayout {
  const { vocabSize, hiddenSize, layerCount, keyValueHeadCount, headSize } = architecture;
  const int32 = (name: string, shape: readonly string[]) => graph.input({ name, type: 'int32', shape });
  const inputIds = int32('input_ids', ['groups', 'rows', 'length']);
  const positionIds = int32('position_ids', ['groups', 'rows', 'length']);
  const shared = sharedValues(graph, architecture, { inputIds, positionIds });
  const logitsRows = int32('logits_rows', ['logits_rows']);
  const flat = (value: string) => graph.node('Reshape', [value, graph.int64([-1])]);
  const positions = flat(positionIds);
  const rotationOf = headRotation(graph, () => positions, architecture);
  return {
    ids: flat(inputIds),
    positions: () => positions,
    attend: (layer, input) => {
      const rope = ropeOf(architecture, layer);
      return groupedAttention(graph, input, {
        architecture,
        layer,
        shapes: shared.shapes,
        mask: shared.maskOf(slidingWindowOf(architecture, layer)),
        rotation: rope && rotationOf(rope),
      });
    },
    hiddenStates: (values) => {
      values.forEach((value, layer) => {
        const name = graph.rename(value, `hidden.${layer}`);
        graph.output({ name, type: 'float32', shape: ['positions', hiddenSize] });
      });
    },
    logits: (normed, head) => {
      const fresh = Array.from({ length: layerCount }, (_, layer) => [
        `new.${layer}.key`,
        `new.${layer}.value`,
      ]);
      graph.node('Concat', fresh.flat(), { attributes: { axis: 0 }, outputs: ['new'] });
      const shape = ['sides', keyValueHeadCount, 1, 'rows', 'length', headSize];
      graph.output({ name: 'new', type: 'float32', shape });
      const wanted = graph.node('Gather', [normed, logitsRows], { attributes: { axis: 0 } });
      const name = graph.rename(head(wanted), 'logits');
      graph.output({ name, type: 'float32', shape: ['logits_rows', vocabSize] });
    },
  };
}

/** Shapes and masks, computed once for all layers. */
interface SharedValues {
  readonly shapes: AttentionShapes;
  /** 0 where a query may look, -Infinity elsewhere; `[groups, 1, 1, rows, length, past + tail + length]`. */
  maskOf(window: number | null): string;
}

function sharedValues(
  graph: GraphBuilder,
  { headCount, keyValueHeadCount, headSize, contextLength }: Architecture,
  { inputIds, positionIds }: { readonly inputIds: string; readonly positionIds: string },
): SharedValues {
  const mask = (name: string, shape: readonly (string | number)[]) =>
    graph.input({ name, type: 'float32', shape });
  const pastMask = mask('past_mask', ['groups', 1, 1, 1, 1, 'past']);
  const tailMask = mask('tail_mask', ['groups', 1, 1, 'rows', 1, 'tail']);
  const newMask = mask('new_mask', ['length', 'length']);

  const constant = (...values: number[]) => graph.int64(values);
  const joined = (...parts: readonly string[]) => graph.node('Concat', parts, { attributes: { axis: 0 } });
  const size = (value: string, axis: number) =>
    graph.node('Shape', [value], { attributes: { start: axis, end: axis + 1 } });
  const [groups, rows, length] = [0, 1, 2].map((axis) => size(inputIds, axis)) as [string, string, string];
  const [past, tail] = [size(pastMask, 5), size(tailMask, 5)];
  const perRow = joined(groups, constant(1, 1), rows, length);
  const expanded = (value: string, width: string) => graph.node('Expand', [value, joined(perRow, width)]);
  const masks = [expanded(pastMask, past), expanded(tailMask, tail), expanded(newMask, length)];
  const present = graph.node('Concat', masks, { attributes: { axis: -1 } });
  const sizes = { positionIds, pastMask, tailMask, groups, rows, past, tail };
  const windows = new Map<number, string>();
  const masked = (window: number): string => {
    const positions = cachePositions(graph, sizes);
    return graph.node('Add', [present, slidingMask(graph, positions, window)]);
  };
  return {
    shapes: {
      heads: joined(
        graph.node('Shape', [inputIds]),
        constant(headCount / keyValueHeadCount + 2, keyValueHeadCount, headSize),
      ),
      split: joined(past, tail, length),
    },
    maskOf: (window) => {
      if (window === null || window >= contextLength) return present;
      const known = windows.get(window) ?? masked(window);
      windows.set(window, known);
      return known;
    },
  };
}
