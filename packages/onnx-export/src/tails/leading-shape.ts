import type { GraphBuilder } from '../graph/graph-builder';

/** The dimensions of the output `logits` but for the last one. */
export function leadingShape(graph: GraphBuilder): (string | number)[] {
  return [...graph.outputs.find(({ name }) => name === 'logits')!.shape.slice(0, -1)];
}
