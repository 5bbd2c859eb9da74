import { bfloat16 } from '../numbers/bfloat16';
import type { BlockFormat } from '../numbers/block-format';
import { float8Formats } from '../numbers/float8';
import { float16 } from '../numbers/float16';
import { float32 } from '../numbers/float32';
import { float64 } from '../numbers/float64';

/** Bits per value of every dtype of the format; those below 8 are packed. */
export const safetensorsBits: ReadonlyMap<string, number> = new Map([
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['BOOL', 8],
  ['U8', 8],
  ['I8', 8],
  ['F8_E5M2', 8],
  ['F8_E4M3', 8],
  ['F8_E8M0', 8],
  ['F8_E4M3FNUZ', 8],
  ['F8_E5M2FNUZ', 8],
  ['I16', 16],
  ['U16', 16],
  ['F16', 16],
  ['BF16', 16],
  ['I32', 32],
  ['U32', 32],
  ['F32', 32],
  ['I64', 64],
  ['U64', 64],
  ['F64', 64],
  ['C64', 64],
]);

/** The dtypes whose tensors can be read; the others are only listed. */
export const safetensorsFormats: ReadonlyMap<string, BlockFormat> = new Map(
  [float32, float16, bfloat16, float64, ...float8Formats].map((format) => [format.name, format]),
);
