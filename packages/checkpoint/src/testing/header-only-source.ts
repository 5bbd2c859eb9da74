import { safetensorsBits } from '../safetensors/safetensors-dtypes';
import type { ByteSource } from '../source/byte-source';
import { bytesSource } from '../source/bytes-source';

export type HeaderTensor = readonly [name: string, dtype: string, shape: readonly number[]];

/**
 * A safetensors file of which only the header exists: its size is that of the whole, and reading a weight fails. For
 * models whose weights are not at hand.
 */
export function headerOnlySource(name: string, tensors: readonly HeaderTensor[]): ByteSource {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [tensor, dtype, shape] of tensors) {
    const bytes = shape.reduce((product, size) => product * size, safetensorsBits.get(dtype)! / 8);
    header[tensor] = { dtype, shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(8 + text.length);
  new DataView(start.buffer).setBigUint64(0, BigInt(text.length), true);
  start.set(text, 8);
  const known = bytesSource(start, name);
  return { ...known, size: start.length + end };
}
