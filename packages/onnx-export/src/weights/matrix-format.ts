import type { BlockStructure } from './blocks/block-rows';
import type { Digits } from './blocks/offset-digits';

/**
 * What becomes of blocks' offsets: a product of their own with the sums of the input's blocks, or columns of the matrix,
 * as three or four digits (`withOffsetDigits`) or partly as zero points (`withOffsetColumns`).
 */
export type OffsetForm = 'product' | 'centred-columns' | '12-bit-columns' | '16-bit-columns';

const offsetBits: Partial<Record<OffsetForm, number>> = {
  'centred-columns': 8,
  '12-bit-columns': 12,
  '16-bit-columns': 16,
};

/** How many digits offsets have that are columns of nothing but digits. */
export const digitsOf: Partial<Record<OffsetForm, Digits>> = { '12-bit-columns': 3, '16-bit-columns': 4 };

/** How one matrix of weights, `[outputs, inputs]`, lies in the graph and which product takes it. */
export type MatrixFormat =
  | { readonly kind: 'float32' }
  | { readonly kind: 'float16' }
  | ({
      /** MatMulNBits. */
      readonly kind: 'blocks';
      /** Whether the file's own blocks are taken (else the numbers are rounded). */
      readonly stored: boolean;
      /**
       * What the product takes its activations as: float32, or sums of so many digits, each of them 8-bit integers in
       * blocks. One digit keeps 8 bits of the block's largest value, two 16, three 24: as many as a float32 has.
       */
      readonly activations: 'float32' | 1 | 2 | 3;
      readonly offsetForm: OffsetForm;
    } & BlockStructure)
  | {
      readonly kind: 'int8';
      /** Whether a product of many outputs is several (`piecesOf`). */
      readonly inPieces: boolean;
    };

/** The format in words, for reports. */
export function describeFormat(format: MatrixFormat): string {
  if (format.kind === 'float32' || format.kind === 'float16') return format.kind;
  if (format.kind === 'int8') return 'int8 per output, int8 activations';
  const { bits, blockSize, activations, stored, offsetForm } = format;
  const kept = offsetBits[offsetForm];
  const origin = stored ? `as stored${kept === undefined ? '' : `, offsets in ${kept} bits`}` : 'rounded';
  const kind = activations === 'float32' ? activations : `${8 * activations}-bit`;
  return `int${bits} in blocks of ${blockSize}, ${origin}, ${kind} activations`;
}
