import type { Checkpoint } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import type { WeightPlan } from './weight-plan';

export interface WriteWeightsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Takes bytes for a place in the file; called in ascending order of offset, gaps are zero. */
export type WeightSink = (chunk: Uint8Array, offset: number) => Promise<void>;

/**
 * Streams the weights of a plan, tensor by tensor: memory holds one tensor at a time.
 * @throws the signal's reason when aborted; whatever the checkpoint or the sink throws
 */
export async function writeWeights(
  checkpoint: Checkpoint,
  plan: WeightPlan,
  sink: WeightSink,
  { signal, onProgress }: WriteWeightsOptions = {},
): Promise<void> {
  for (const { name, parts, offset, byteLength } of plan.weights) {
    let position = offset;
    for (const part of parts) {
      signal?.throwIfAborted();
      const values = await checkpoint.read(part);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      await sink(bytes, position);
      position += bytes.byteLength;
      onProgress?.({ done: position, total: plan.byteLength });
    }
    if (position !== offset + byteLength)
      throw new NextTokenError(
        'tensor-shape',
        `${name}: ${position - offset} bytes instead of ${byteLength}`,
        {
          tensor: name,
          expected: byteLength,
          actual: position - offset,
        },
      );
  }
}
