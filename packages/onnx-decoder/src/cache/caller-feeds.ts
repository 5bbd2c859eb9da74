import type { Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from '../runtime';
import type { CacheRun } from './cache-rows';
import type { CacheStore } from './cache-store';
import { causalMask } from './causal-mask';
import type { RunSegment } from './run-segments';

export interface CallerFeeds {
  readonly runtime: OnnxRuntime;
  readonly segment: RunSegment;
  readonly run: CacheRun;
  /** Cached positions of the run's rows. */
  readonly lengths: readonly number[];
  /** The trunks, of which the segment's begin at the group `firstTrunk`. */
  readonly trunks: CacheStore;
  readonly firstTrunk: number;
  /** Cached positions of the segment's trunks. */
  readonly trunkLengths: readonly number[];
  /** The tails, of which the segment's begin at the group `firstTail`. */
  readonly tails: CacheStore;
  readonly firstTail: number;
}

/** 0 at the first `lengths[i]` positions of row i, -Infinity behind them. */
function lengthMask(lengths: readonly number[], capacity: number): Float32Array {
  const mask = new Float32Array(lengths.length * capacity).fill(Number.NEGATIVE_INFINITY);
  lengths.forEach((length, row) => {
    mask.fill(0, row * capacity, row * capacity + length);
  });
  return mask;
}

/** The inputs of one segment of a run; the layout `caller-cache` of the exported graph names and shapes them. */
export function callerFeeds(options: CallerFeeds): Record<string, Tensor> {
  const { runtime, segment, run, lengths, trunks, firstTrunk, trunkLengths, tails, firstTail } = options;
  const { groups, slots } = segment;
  const length = run.tokens[0]!.length;
  const ids = new Int32Array(groups * slots * length);
  const positions = new Int32Array(ids.length);
  const tailLengths = new Array<number>(groups * slots).fill(0);
  for (const { index, at } of segment.rows) {
    ids.set(run.tokens[index]!, at * length);
    for (let i = 0; i < length; i++) positions[at * length + i] = lengths[index]! + i;
    tailLengths[at] = lengths[index]! - trunkLengths[Math.floor(at / slots)]!;
  }
  const { wanted } = run;
  const last = wanted === 'last' ? length - 1 : 0;
  const logitsRows = segment.rows.flatMap(({ at }) =>
    wanted === 'none' ? [] : Array.from({ length: length - last }, (_, i) => at * length + last + i),
  );
  const float32 = (data: Float32Array, shape: readonly number[]) =>
    new runtime.Tensor('float32', data, shape);
  const int32 = (data: Int32Array, shape: readonly number[]) => new runtime.Tensor('int32', data, shape);
  const feeds: Record<string, Tensor> = {
    input_ids: int32(ids, [groups, slots, length]),
    position_ids: int32(positions, [groups, slots, length]),
    past_mask: float32(lengthMask(trunkLengths, trunks.capacity), [groups, 1, 1, 1, 1, trunks.capacity]),
    tail_mask: float32(lengthMask(tailLengths, tails.capacity), [groups, 1, 1, slots, 1, tails.capacity]),
    new_mask: float32(causalMask(length), [length, length]),
    logits_rows: int32(Int32Array.from(logitsRows), [logitsRows.length]),
  };
  for (let side = 0; side < 2 * trunks.shape.layerCount; side++) {
    feeds[cacheName('past', side)] = trunks.tensor(side, firstTrunk, groups);
    feeds[cacheName('tail', side)] = tails.tensor(side, firstTail, groups);
  }
  return feeds;
}

/** The graph's name of a cache tensor. */
export function cacheName(prefix: 'past' | 'tail' | 'new', side: number): string {
  return `${prefix}.${side >> 1}.${side & 1 ? 'value' : 'key'}`;
}
