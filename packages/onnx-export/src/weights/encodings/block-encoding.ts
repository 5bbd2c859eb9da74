import type { BlockRows, BlockStructure } from '../blocks/block-rows';
import { offsetColumns, withOffsetColumns } from '../blocks/offset-columns';
import { digitBlocks, withOffsetDigits } from '../blocks/offset-digits';
import { roundToBlocks } from '../blocks/round-to-blocks';
import { digitsOf, type OffsetForm } from '../matrix-format';
import { Appended, bytesOf, type WeightEncoding, type WeightRegion } from './weight-encoding';

export interface BlockEncodingOptions extends BlockStructure {
  readonly rows: number;
  readonly columns: number;
  readonly stored: boolean;
  readonly offsetForm: OffsetForm;
}

/**
 * A matrix for MatMulNBits: regions `` (codes, uint8 `[rows, blocks, blockSize · bits / 8]`), `.scales`
 * (float32 `[rows · blocks]`), `.zeros` (packed uint8) and `.offsets` (float32 `[rows, blocks]`), where there are any.
 * Offsets in columns are further blocks of a row instead.
 */
export function blockEncoding(options: BlockEncodingOptions): WeightEncoding {
  const { rows, columns, bits, blockSize, stored, offsetForm } = options;
  const own = Math.ceil(columns / blockSize);
  const isCentred = offsetForm === 'centred-columns';
  const digits = digitsOf[offsetForm];
  const further = isCentred
    ? offsetColumns(own, blockSize).blocks
    : digits === undefined
      ? 0
      : digitBlocks(digits, own, blockSize);
  const blocks = own + further;
  const moved = (read: BlockRows): BlockRows => {
    if (digits !== undefined) return withOffsetDigits(digits, read, own, blockSize);
    return isCentred ? withOffsetColumns(read, own, blockSize) : read;
  };
  const zeros = options.zeros || isCentred;
  const hasOffsets = options.offsets && offsetForm === 'product';
  const zeroBytes = Math.ceil((blocks * bits) / 8);
  const uint8 = (suffix: string, shape: readonly number[]): WeightRegion => ({
    suffix,
    type: 'uint8',
    shape,
  });
  const float32 = (suffix: string, shape: readonly number[]): WeightRegion => ({
    suffix,
    type: 'float32',
    shape,
  });
  return {
    regions: [
      uint8('', [rows, blocks, (blockSize * bits) / 8]),
      float32('.scales', [rows * blocks]),
      ...(zeros ? [uint8('.zeros', [rows * zeroBytes])] : []),
      ...(hasOffsets ? [float32('.offsets', [rows, blocks])] : []),
    ],
    wants: stored ? 'blocks' : 'values',
    ...(digits !== undefined && { room: { rowBlocks: own, further } }),
    begin: () => {
      const scales = new Appended(new Float32Array(rows * blocks));
      const packedZeros = new Appended(new Uint8Array(zeros ? rows * zeroBytes : 0));
      const offsets = new Appended(new Float32Array(hasOffsets ? rows * blocks : 0));
      return {
        add: (part) => {
          const read: BlockRows =
            'blocks' in part ? part.blocks : roundToBlocks(part.values, columns, options);
          const taken = moved(read);
          scales.push(taken.scales);
          if (taken.zeros) packedZeros.push(packRows(taken.zeros, blocks, bits));
          if (taken.offsets) offsets.push(taken.offsets);
          return taken.codes;
        },
        finish: () => [
          bytesOf(scales.data),
          ...(zeros ? [packedZeros.data] : []),
          ...(hasOffsets ? [bytesOf(offsets.data)] : []),
        ],
      };
    },
  };
}

/** 4-bit integers two a byte, every row beginning with a new byte; wider ones as they are. */
function packRows(values: Uint8Array, columns: number, bits: 4 | 8): Uint8Array {
  if (bits === 8) return values;
  const rowBytes = Math.ceil(columns / 2);
  const rows = values.length / columns;
  const packed = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < columns; i++)
      packed[row * rowBytes + (i >> 1)]! |= values[row * columns + i]! << ((i & 1) * 4);
  return packed;
}
