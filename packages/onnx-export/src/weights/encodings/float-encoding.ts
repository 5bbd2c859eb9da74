import { encodeFloat16 } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import { bytesOf, type PartRows, type WeightEncoding } from './weight-encoding';

const valuesOf = (rows: PartRows): Float32Array => (rows as { readonly values: Float32Array }).values;

/** Numbers as they are. */
export function float32Encoding(shape: readonly number[]): WeightEncoding {
  return {
    regions: [{ suffix: '', type: 'float32', shape }],
    wants: 'values',
    begin: () => ({ add: (rows) => bytesOf(valuesOf(rows)), finish: () => [] }),
  };
}

/**
 * Numbers rounded to half precision.
 * @throws NextTokenError (when written) `unsupported-option` for a weight that half precision cannot hold
 */
export function float16Encoding(name: string, shape: readonly number[]): WeightEncoding {
  return {
    regions: [{ suffix: '', type: 'float16', shape }],
    wants: 'values',
    begin: () => ({
      add: (rows) => {
        const halves = encodeFloat16(valuesOf(rows));
        if (halves.some((bits) => (bits & 0x7fff) === 0x7c00)) throw tooLarge(name);
        return bytesOf(halves);
      },
      finish: () => [],
    }),
  };
}

function tooLarge(name: string): NextTokenError {
  return new NextTokenError(
    'unsupported-option',
    `dtype fp16: ${name} holds a value beyond 65504, the largest of half precision`,
    { option: 'dtype', value: 'fp16', tensor: name },
  );
}
