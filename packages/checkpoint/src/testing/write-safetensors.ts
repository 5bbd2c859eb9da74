import { joinBytes } from '../source/join-bytes';
/** A tensor for the writers: `bytes` as they are to lie in the file. */
export interface PlainTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: Uint8Array;
}

/** The header that belongs to these tensors, laid out one behind the other. */
export function safetensorsHeader(tensors: readonly PlainTensor[]): Record<string, unknown> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const { name, shape, dtype, bytes } of tensors) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  return header;
}

/** A safetensors file; `header` replaces the honest one, as an object or as raw text. */
export function writeSafetensors(
  tensors: readonly PlainTensor[],
  header: unknown = safetensorsHeader(tensors),
): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return joinBytes([length, text, ...tensors.map(({ bytes }) => bytes)]);
}

export function float32Bytes(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}
