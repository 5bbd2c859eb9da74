import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import type { ExportedDecoder } from '../export-decoder';
import type { WriteWeightsOptions } from '../weights/write-weights';

/** What the 32-bit addresses of WebAssembly reach, in bytes. */
export const wasmMemoryLimit = 2 ** 32;

export interface WeightsInMemoryOptions extends WriteWeightsOptions {
  /** Most bytes; default that of WebAssembly, 4 GiB. */
  readonly limitBytes?: number;
}

/**
 * The weights of an exported decoder as one buffer, for runtimes that take no files (onnxruntime-web).
 * @throws NextTokenError `memory-limit`, before anything is allocated, where the runtime could not hold them; what
 * `weights.write` throws
 */
export async function weightsInMemory(
  { weights }: Pick<ExportedDecoder, 'weights'>,
  options: WeightsInMemoryOptions = {},
): Promise<Uint8Array> {
  checkOptionNames('weightsInMemory', options, ['limitBytes', 'signal', 'onProgress']);
  const { limitBytes = wasmMemoryLimit, ...writeOptions } = options;
  const { byteLength } = weights;
  const tooLarge = (cause?: unknown) =>
    new NextTokenError(
      'memory-limit',
      `the weights have ${byteLength} bytes, and WebAssembly reaches ${limitBytes} at most: take a smaller number format, or run the model in Node`,
      { needed: byteLength, limit: limitBytes, runtime: 'wasm' },
      cause === undefined ? undefined : { cause },
    );
  if (byteLength >= limitBytes) throw tooLarge();
  const bytes = allocated(byteLength, tooLarge);
  await weights.write(async (chunk, offset) => bytes.set(chunk, offset), writeOptions);
  return bytes;
}

/** A buffer, or a typed error where the platform has none of this size. */
function allocated(byteLength: number, tooLarge: (cause: unknown) => NextTokenError): Uint8Array {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw tooLarge(cause);
  }
}
