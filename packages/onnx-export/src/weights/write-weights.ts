import type { Checkpoint } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import type { PartRows } from './encodings/weight-encoding';
import { ReadAhead } from './read-ahead';
import { isInGgufBlocks, readBlocks, readValues } from './read-part';
import type { PlannedRegion, PlannedWeight, WeightPlan } from './weight-plan';

export interface WriteWeightsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Takes bytes for a place in the file; called in ascending order of offset, gaps are zero. */
export type WeightSink = (chunk: Uint8Array, offset: number) => Promise<void>;

/** A chunk up to this size is written while the next tensor is read; memory then holds both. */
const mostAhead = 2 ** 24;

/**
 * Streams the weights of a plan, tensor by tensor: memory holds one tensor at a time, in floating point or in
 * blocks, the next one's bytes, what of a joined weight cannot be written yet (the scales of its blocks), and up to 16 MB that
 * are being written.
 * @throws the signal's reason when aborted; whatever the checkpoint or the sink throws
 */
export async function writeWeights(
  checkpoint: Checkpoint,
  plan: WeightPlan,
  sink: WeightSink,
  options: WriteWeightsOptions = {},
): Promise<void> {
  let pending: Promise<void> = Promise.resolve();
  const ahead: WeightSink = async (chunk, offset) => {
    await pending;
    pending = sink(chunk, offset);
    // Whoever waits next is told of a failure; until then nobody else has to be.
    pending.catch(() => {});
    if (chunk.byteLength > mostAhead) await pending;
  };
  const reading = new ReadAhead(checkpoint);
  try {
    await writeAll(checkpoint, plan, { reading, sink: ahead }, options);
  } catch (error) {
    await pending.catch(() => {});
    await reading.settled();
    throw error;
  }
  await pending;
}

async function writeAll(
  checkpoint: Checkpoint,
  plan: WeightPlan,
  { reading, sink }: { readonly reading: ReadAhead; readonly sink: WeightSink },
  { signal, onProgress }: WriteWeightsOptions,
): Promise<void> {
  const upcoming = plan.weights.flatMap(({ parts, encoding }) =>
    parts.map((part) => ({ part, wants: encoding.wants })),
  );
  // The next tensor is read while this one's blocks are made.
  const bytes = async (tensor: string) => {
    const taken = await reading.take(tensor);
    const [next] = upcoming;
    if (next?.wants === 'blocks' && isInGgufBlocks(checkpoint, next.part)) reading.expect(next.part.tensor);
    return taken;
  };
  for (const weight of plan.weights) {
    const { parts, encoding, regions } = weight;
    const encoder = encoding.begin();
    const [first] = regions as [PlannedRegion];
    let position = first.offset;
    for (const part of parts) {
      signal?.throwIfAborted();
      upcoming.shift();
      const read: PartRows =
        encoding.wants === 'values'
          ? { values: await readValues(checkpoint, part) }
          : { blocks: await readBlocks(checkpoint, part, bytes, encoding.room) };
      const chunk = encoder.add(read);
      if (!chunk) continue;
      await sink(chunk, position);
      position += chunk.byteLength;
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
