import type { Checkpoint } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import { readBlocks, readValues } from './read-part';
import type { PlannedRegion, PlannedWeight, WeightPlan } from './weight-plan';

export interface WriteWeightsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Takes bytes for a place in the file; called in ascending order of offset, gaps are zero. */
export type WeightSink = (chunk: Uint8Array, offset: number) => Promise<void>;

/**
 * Streams the weights of a plan, tensor by tensor: memory holds one tensor at a time, in floating point or in
 * blocks, and what of a joined weight cannot be written yet (the scales of its blocks).
 * @throws the signal's reason when aborted; whatever the checkpoint or the sink throws
 */
export async function writeWeights(
  checkpoint: Checkpoint,
  plan: WeightPlan,
  sink: WeightSink,
  { signal, onProgress }: WriteWeightsOptions = {},
): Promise<void> {
  for (const weight of plan.weights) {
    const { parts, encoding, regions } = weight;
    const encoder = encoding.begin();
    const [first] = regions as [PlannedRegion];
    let position = first.offset;
    for (const part of parts) {
      signal?.throwIfAborted();
      const bytes = encoder.add(
        encoding.wants === 'values'
          ? { values: await readValues(checkpoint, part) }
          : { blocks: await readBlocks(checkpoint, part) },
      );
      if (!bytes) continue;
      await sink(bytes, position);
      position += bytes.byteLength;
      onProgress?.({ done: position, total: plan.byteLength });
    }
    const streamed = position > first.offset;
    if (streamed) checkLength(weight, first, position - first.offset);
    const rest = encoder.finish();
    for (const [index, region] of regions.slice(streamed ? 1 : 0).entries()) {
      checkLength(weight, region, rest[index]!.byteLength);
      await sink(rest[index]!, region.offset);
      onProgress?.({ done: region.offset + region.byteLength, total: plan.byteLength });
    }
  }
}

function checkLength({ name }: PlannedWeight, { suffix, byteLength }: PlannedRegion, actual: number): void {
  if (actual === byteLength) return;
  throw new NextTokenError('tensor-shape', `${name}${suffix}: ${actual} bytes instead of ${byteLength}`, {
    tensor: name,
    expected: byteLength,
    actual,
  });
}
