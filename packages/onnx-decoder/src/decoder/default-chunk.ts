import type { InferenceSession } from 'onnxruntime-common';

/** What the scores of one layer may take while a prompt is read. */
const mostScoreBytes = 2 ** 27;

/**
 * Most positions of one run where nobody asked for another number. cpu: 128, a tenth quicker for short prompts than 64. wasm: 128, as each
 * run packs the weights of `int8` anew. webgpu: 256, in software 128 (a prompt in shorter runs has fewer scores that are masked). Halved down
 * to 64, but on wasm, while a layer's scores (heads · positions · context · 4 bytes) would take more than 128 MiB; 64 where the graph does not
 * tell how many heads there are.
 */
export function defaultChunk(
  device: 'cpu' | 'wasm' | 'webgpu' | 'webgpu in software',
  { inputMetadata, outputMetadata }: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  contextLength: number,
): number {
  if (device === 'wasm') return 128;
  const last = (metadata: InferenceSession['inputMetadata'], name: string) => {
    const found = metadata.find((each) => each.name === name);
    return found?.isTensor ? found.shape.at(-1) : undefined;
  };
  const width = last(outputMetadata, 'hidden.0');
  const headSize = last(inputMetadata, 'past.0.key');
  if (typeof width !== 'number' || typeof headSize !== 'number') return 64;
  const bytesPerPosition = (width / headSize) * contextLength * Float32Array.BYTES_PER_ELEMENT;
  const candidates = device === 'webgpu' ? [256, 128] : [128];
  return candidates.find((length) => length * bytesPerPosition <= mostScoreBytes) ?? 64;
}
