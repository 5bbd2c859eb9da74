import type { TopLogits } from '@nexttoken/model';
import type { CacheRunResult } from './cache-rows';
import type { RunSegment } from './run-segments';

/** The results of a run's segments, in the order of the run's rows. */
export function joinSegments(
  segments: readonly RunSegment[],
  results: readonly CacheRunResult[],
): CacheRunResult {
  const rows = segments.reduce((sum, segment) => sum + segment.rows.length, 0);
  const first = results[0]!;
  const size = (first.logits?.length ?? 0) / segments[0]!.rows.length;
  const logits = first.logits && new Float32Array(rows * size);
  const hiddenStates = first.hiddenStates && new Array<Float32Array>(rows);
  const top = first.top && new Array<TopLogits>(rows);
  const attention = first.attention && new Array<Float32Array>(rows);
  segments.forEach((segment, part) => {
    const result = results[part]!;
    segment.rows.forEach(({ index }, i) => {
      logits?.set(result.logits!.subarray(i * size, (i + 1) * size), index * size);
      if (hiddenStates) hiddenStates[index] = result.hiddenStates![i]!;
      if (top) top[index] = result.top![i]!;
      if (attention) attention[index] = result.attention![i]!;
    });
  });
  return { logits, hiddenStates, attention, top };
}
