import type { GraphBuilder } from '../graph/graph-builder';

/** Positions of queries and keys of a caller-owned cache, float32. */
export interface CachePositions {
  /** `[groups, 1, 1, rows, length, 1]`. */
  readonly queries: string;
  /** `[groups, 1, 1, rows, 1, past + tail + length]`. */
  readonly keys: string;
}

export interface CachePositionsOptions {
  /** Positions of the ids, integers, `[groups, rows, length]`. */
  readonly positionIds: string;
  /** `[groups, 1, 1, 1, 1, past]` and `[groups, 1, 1, rows, 1, tail]`, 0 where there is a key. */
  readonly pastMask: string;
  readonly tailMask: string;
  /** The sizes as int64 tensors of shape `[1]`. */
  readonly groups: string;
  readonly rows: string;
  readonly past: string;
  readonly tail: string;
}

/**
 * Where the keys of a caller-owned cache stand: those of the past at 0, 1, 2, …, each row's tail behind the past of its
 * group, new ones at their ids' positions.
 */
export function cachePositions(graph: GraphBuilder, options: CachePositionsOptions): CachePositions {
  const { pastMask, tailMask, groups, rows, past } = options;
  const positions = graph.node('Cast', [options.positionIds], { attributes: { to: 1 } });
  const unsqueeze = (axes: readonly number[]) => graph.node('Unsqueeze', [positions, graph.int64(axes)]);
  const scalar = (value: number) => graph.float32(`constant ${value}`, Float32Array.of(value), []);
  const range = (length: string) =>
    graph.node('Range', [
      scalar(0),
      graph.node('Squeeze', [graph.node('Cast', [length], { attributes: { to: 1 } })]),
      scalar(1),
    ]);
  const present = graph.node('Where', [
    graph.node('GreaterOrEqual', [pastMask, scalar(0)]),
    scalar(1),
    scalar(0),
  ]);
  const pastLength = graph.node('ReduceSum', [present, graph.int64([5])]);
  const one = graph.int64([1]);
  const pastShape = graph.node('Concat', [groups, one, one, rows, one, past], { attributes: { axis: 0 } });
  const inPast = graph.node('Expand', [range(past), pastShape]);
  const behindPast = graph.node('Add', [pastLength, range(options.tail)]);
  const inTail = graph.node('Expand', [behindPast, graph.node('Shape', [tailMask])]);
  return {
    queries: unsqueeze([1, 2, 5]),
    keys: graph.node('Concat', [inPast, inTail, unsqueeze([1, 2, 4])], { attributes: { axis: -1 } }),
  };
}

/** 0 where `query − key < window`, -Infinity elsewhere: `[groups, 1, 1, rows, length, past + tail + length]`. */
export function slidingMask(graph: GraphBuilder, { queries, keys }: CachePositions, window: number): string {
  const scalar = (name: string, value: number) => graph.float32(name, Float32Array.of(value), []);
  const distance = graph.node('Sub', [queries, keys]);
  const near = graph.node('Less', [distance, scalar(`constant ${window}`, window)]);
  return graph.node('Where', [
    near,
    scalar('mask.open', 0),
    scalar('mask.infinite', Number.NEGATIVE_INFINITY),
  ]);
}
