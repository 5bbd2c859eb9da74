import type { Architecture } from '../architectures/architecture';
import type { GgufForm } from '../architectures/architecture-description';
import type { RowOrder } from '../checkpoint/restore-rows';
import type { StoredTensor } from '../checkpoint/stored-tensor';
import type { BlockFormat } from '../numbers/block-format';
import type { DerivedTensor } from '../quantized/derived-tensor';
import { baseName } from '../source/base-name';
import type { ByteSource } from '../source/byte-source';
import { readableBlocks } from './blocks/readable-blocks';
import type { LocatedTensor } from './locate-tensors';

/** A tensor of the file with what Hugging Face calls it and how its values are stored. */
export interface GgufWeight {
  readonly name: string;
  readonly located: LocatedTensor;
  readonly form: GgufForm | undefined;
  /** In Hugging Face's form. */
  readonly shape: readonly number[];
}

/** Names a tensor; a form that changes a weight leaves the bias as it is. */
export function ggufWeight(name: string, located: LocatedTensor, form: GgufForm | undefined): GgufWeight {
  const { shape } = located;
  const transposed = form === 'transposed' && shape.length === 2;
  if (form === 'transposed' && !transposed) return { name, located, shape, form: undefined };
  return { name, located, form, shape: transposed ? [...shape].reverse() : shape };
}

/** The tensor as Hugging Face has it, computed from the stored one when it is read. */
export function restoredTensor(
  { name, located, form, shape }: GgufWeight,
  architecture: Architecture,
  { source, dataOffset }: { readonly source: ByteSource; readonly dataOffset: number },
): StoredTensor | DerivedTensor {
  const { type, rowBytes, offset, byteLength } = located;
  const format = readableBlocks.get(type.name);
  const order = rowOrder(form, architecture);
  const info = {
    name,
    shape,
    dtype: type.name,
    readable: format !== undefined,
    byteLength,
    source: baseName(source.name),
  };
  const stored: StoredTensor = {
    info,
    source,
    offset: dataOffset + offset,
    ...(format && { format }),
    ...(order && { rows: { order, rowBytes } }),
  };
  if (!format || (form !== 'transposed' && form !== 'plus-one')) return stored;
  const part: StoredTensor = { ...stored, info: { ...info, name: located.name, shape: located.shape } };
  return {
    info: { ...info, parts: [part.info] },
    parts: { stored: part },
    combine: ({ stored: bytes }, values) => {
      if (form === 'transposed') transpose(bytes!, format, located.shape, values);
      else {
        format.dequantize(bytes!, values);
        for (let i = 0; i < values.length; i++) values[i]! -= 1;
      }
    },
  };
}

function rowOrder(form: GgufForm | undefined, architecture: Architecture): RowOrder | undefined {
  const { headCount, keyValueHeadCount } = architecture;
  if (form === 'interleaved-queries') return { kind: 'interleaved', heads: headCount };
  if (form === 'interleaved-keys') return { kind: 'interleaved', heads: keyValueHeadCount };
  return form === 'by-role' ? { kind: 'by-role', heads: headCount } : undefined;
}

function transpose(
  bytes: Uint8Array,
  format: BlockFormat,
  shape: readonly number[],
  values: Float32Array,
): void {
  const [rows, columns] = shape as [number, number];
  const stored = new Float32Array(values.length);
  format.dequantize(bytes, stored);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[column * rows + row] = stored[row * columns + column]!;
}
