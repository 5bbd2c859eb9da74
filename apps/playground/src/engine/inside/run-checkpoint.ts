import { createOnnxWebModel } from '@nexttoken/backend-onnx-web';
import type { Checkpoint } from '@nexttoken/checkpoint';
import type { LoadOptions } from '@nexttoken/load';
import type { LanguageModel } from '@nexttoken/model';
import { exportDecoder, weightsInMemory } from '@nexttoken/onnx-export';

export type RunOptions = Pick<LoadOptions, 'device' | 'signal' | 'onProgress'>;

/** What heads look at; hidden states come out of every graph. */
const taps = ['blocks.*.attn.hook_pattern'];

/** Runs a checkpoint with its inside open: hidden states and attention can be captured. */
export function runCheckpoint(
  name: string,
  checkpoint: Checkpoint,
  { device, signal, onProgress }: RunOptions = {},
): Promise<LanguageModel> {
  const { architecture } = checkpoint;
  const { graph, weights } = exportDecoder(checkpoint, { dtype: 'fp32', taps });
  const load = () =>
    weightsInMemory(
      { weights },
      {
        ...(signal && { signal }),
        onProgress: (progress) => onProgress?.({ stage: 'weights', ...progress }),
      },
    );
  return createOnnxWebModel({
    modelId: name,
    graph,
    externalData: [{ path: weights.location, load }],
    contextLength: architecture.contextLength,
    vocabSize: architecture.vocabSize,
    dtype: 'fp32',
    device,
    signal,
  });
}
