import type { Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from '../runtime';
import { cacheNames } from './cache-names';
import type { CacheRun } from './cache-rows';
import type { CacheStore } from './cache-store';
import { causalMask } from './causal-mask';
import type { LengthMask } from './length-mask';
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
  /** Whether the graph can be given no position for its output layer: one with statistics of its logits cannot. */
  readonly allowsNoLogits: boolean;
  readonly masks: { readonly past: LengthMask; readonly tail: LengthMask };
  /** The tails, of which the segment's begin at the group `firstTail`. */
  readonly tails: CacheStore;
  readonly firstTail: number;
}

/** The inputs of one segment of a run; the layout `caller-cache` of the exported graph names and shapes them. */
export function callerFeeds(options: CallerFeeds): Record<string, Tensor> {
  const { runtime, segment, run, lengths, trunks, firstTrunk, trunkLengths, tails, firstTail, masks } =
    options;
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
  if (logitsRows.length === 0 && !options.allowsNoLogits) logitsRows.push(0);
  const float32 = (data: Float32Array, shape: readonly number[]) =>
    new runtime.Tensor('float32', data, shape);
  const int32 = (data: Int32Array, shape: readonly number[]) => new runtime.Tensor('int32', data, shape);
  const feeds: Record<string, Tensor> = {
    input_ids: int32(ids, [groups, slots, length]),
    position_ids: int32(positions, [groups, slots, length]),
    past_mask: float32(masks.past.of(trunkLengths, trunks.capacity), [groups, 1, 1, 1, 1, trunks.capacity]),
    tail_mask: float32(masks.tail.of(tailLengths, tails.capacity), [groups, 1, 1, slots, 1, tails.capacity]),
    new_mask: float32(causalMask(length), [length, length]),
    logits_rows: int32(Int32Array.from(logitsRows), [logitsRows.length]),
  };
  const { layerCount } = trunks.shape;
  cacheNames('past', layerCount).forEach((name, side) => {
    feeds[name] = trunks.tensor(side, firstTrunk, groups);
  });
  cacheNames('tail', layerCount).forEach((name, side) => {
    feeds[name] = tails.tensor(side, firstTail, groups);
  });
  return feeds;
}
