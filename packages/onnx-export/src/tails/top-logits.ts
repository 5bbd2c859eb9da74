import type { GraphBuilder } from '../graph/graph-builder';
import { leadingShape } from './leading-shape';

/** Declares `top_values` and `top_ids`, `[…, count]`: the largest logits of each row, descending, and whose they are. */
export function topLogits(graph: GraphBuilder, count: number): void {
  const [, ids] = graph.nodeOutputs('TopK', ['logits', graph.int64([count])], {
    attributes: { axis: -1, largest: 1, sorted: 1 },
    outputs: ['top_values', 'top_ids.int64'],
  });
  graph.node('Cast', [ids!], { attributes: { to: 6 }, outputs: ['top_ids'] });
  const shape = [...leadingShape(graph), count];
  graph.output({ name: 'top_values', type: 'float32', shape });
  graph.output({ name: 'top_ids', type: 'int32', shape });
}
