import type { GraphBuilder } from '../graph/graph-builder';

/** Positions as a column of float32, `[positions, 1]`; made once. @param positions integers, `[positions]` */
export function rotaryColumn(graph: GraphBuilder, positions: () => string): string {
  return graph.shared('rotary column', () => {
    const asFloat = graph.node('Cast', [positions()], { attributes: { to: 1 } });
    return graph.node('Unsqueeze', [asFloat, graph.int64([1])]);
  });
}
