import type { GraphBuilder } from '../graph/graph-builder';

/**
 * Masks for whole scores: 0 where a query may look, the lowest float32 elsewhere; shape `[batch, 1, length, total]`.
 * @param shape `[batch, length]`, int64
 * @param total how many positions there are with the past, int64, shape `[1]`
 * @returns the mask of a sliding window; `null`: everything before a position
 */
export function standardMasks(
  graph: GraphBuilder,
  shape: string,
  attentionMask: string,
  total: string,
): (window: number | null) => string {
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
  const everything = graph.node('And', [causal, seen]);
  const open = graph.float32('mask.open', Float32Array.of(0), []);
  const closed = graph.float32('mask.closed', Float32Array.of(-3.4028234663852886e38), []);
  const within = (window: number) => {
    const distance = graph.node('Sub', [rows, columns]);
    return graph.node('And', [everything, graph.node('Less', [distance, graph.int64([window])])]);
  };
  return (window) =>
    graph.shared(`mask ${window}`, () =>
      graph.node('Where', [window === null ? everything : within(window), open, closed]),
    );
}
