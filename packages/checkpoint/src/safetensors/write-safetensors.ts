import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { encodeBfloat16 } from '../numbers/encode-bfloat16';
import { encodeFloat16 } from '../numbers/encode-float16';
import { type PlannedShard, planShards } from './plan-shards';

/** Number formats that a checkpoint can be written in. */
export type WrittenDtype = 'F32' | 'F16' | 'BF16';

export interface WriteSafetensorsOptions {
  /** Number format of every tensor; default `F16`. */
  readonly dtype?: WrittenDtype;
  /** Most bytes of data in a file; default 5,000,000,000, as transformers has it. A larger tensor stands alone. */
  readonly maxShardBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes written of bytes in all. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Takes a file's bytes; each file from its beginning to its end, one file after the other. */
export type SafetensorsSink = (fileName: string, chunk: Uint8Array, offset: number) => Promise<void>;

/** What was written. */
export interface WrittenSafetensors {
  readonly files: readonly { readonly name: string; readonly byteLength: number }[];
  /** The content of `model.safetensors.index.json`; present when there is more than one file. */
  readonly index?: {
    readonly metadata: { readonly total_size: number };
    readonly weight_map: Readonly<Record<string, string>>;
  };
}

const encoders: Readonly<Record<WrittenDtype, (values: Float32Array) => Uint16Array | Float32Array>> = {
  F32: (values) => values,
  F16: encodeFloat16,
  BF16: encodeBfloat16,
};

/**
 * Writes a checkpoint's tensors as safetensors, dequantized and rounded to the dtype (to the nearest, ties to even),
 * under Hugging Face's names and in its order; several files above `maxShardBytes`. Memory: one tensor at a time.
 * @throws NextTokenError `invalid-parameter`; `unsupported-option` for a number that F16 cannot hold; what
 * `checkpoint.read` and the sink throw; the signal's reason, between two tensors
 */
export async function writeSafetensors(
  checkpoint: Checkpoint,
  sink: SafetensorsSink,
  options: WriteSafetensorsOptions = {},
): Promise<WrittenSafetensors> {
  checkOptionNames('writeSafetensors', options, ['dtype', 'maxShardBytes', 'signal', 'onProgress']);
  const { dtype = 'F16', maxShardBytes = 5e9, signal, onProgress } = options;
  if (!Object.hasOwn(encoders, dtype)) {
    throw invalidParameter('writeSafetensors', 'dtype', dtype, Object.keys(encoders).join(', '));
  }
  if (!(maxShardBytes > 0))
    throw invalidParameter('writeSafetensors', 'maxShardBytes', maxShardBytes, 'above 0');
  const shards = planShards(plannedTensors(checkpoint, dtype), maxShardBytes);
  const total = shards.reduce((sum, { byteLength }) => sum + byteLength, 0);
  let done = 0;
  for (const { fileName, header, tensors } of shards) {
    let offset = 0;
    const write = async (chunk: Uint8Array) => {
      await sink(fileName, chunk, offset);
      offset += chunk.length;
      done += chunk.length;
      onProgress?.({ done, total });
    };
    signal?.throwIfAborted();
    await write(header);
    for (const { name } of tensors) {
      signal?.throwIfAborted();
      await write(bytesOf(name, await checkpoint.read(name, signal ? { signal } : {}), dtype));
    }
  }
  return written(shards);
}

function plannedTensors({ tensors }: Checkpoint, dtype: WrittenDtype) {
  const width = dtype === 'F32' ? 4 : 2;
  return [...tensors.values()].map(({ name, shape }) => ({
    name,
    shape,
    dtype,
    byteLength: shape.reduce((product, size) => product * size, width),
  }));
}

function bytesOf(tensor: string, values: Float32Array, dtype: WrittenDtype): Uint8Array {
  if (dtype === 'F16') checkOverflow(tensor, values);
  const { buffer, byteOffset, byteLength } = encoders[dtype](values);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A finite number must not become infinite. */
function checkOverflow(tensor: string, values: Float32Array): void {
  const value = values.find((each) => Math.abs(each) >= 65520 && Number.isFinite(each));
  if (value === undefined) return;
  throw new NextTokenError(
    'unsupported-option',
    `${tensor} holds ${value}, which is too large for F16; BF16 holds it`,
    {
      option: 'dtype',
      value: 'F16',
      tensor,
      number: value,
    },
  );
}

function written(shards: readonly PlannedShard[]): WrittenSafetensors {
  const files = shards.map(({ fileName, byteLength }) => ({ name: fileName, byteLength }));
  if (shards.length === 1) return { files };
  const entries = shards.flatMap(({ fileName, tensors }) =>
    tensors.map(({ name }) => [name, fileName] as const),
  );
  const total = shards.flatMap(({ tensors }) => tensors).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { files, index: { metadata: { total_size: total }, weight_map: Object.fromEntries(entries) } };
}
