import { NextTokenError } from '@nexttoken/model';

/** The refusal of a number format that the files of a model do not give. */
export function unsupportedDtype(dtype: string, path: string, available: readonly string[]): NextTokenError {
  return new NextTokenError(
    'unsupported-option',
    `dtype ${JSON.stringify(dtype)} is not available for ${path}; available: auto, ${available.join(', ')}`,
    { option: 'dtype', value: dtype, available: ['auto', ...available], path },
  );
}
