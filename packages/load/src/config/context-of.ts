import { type Checkpoint, withLongContext } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';

/**
 * The checkpoint for texts as long as were asked for.
 * @throws NextTokenError `unsupported-option` where `longContext` was asked for and the model has no factors for it
 */
export function contextOf(
  checkpoint: Checkpoint,
  { longContext = false }: Pick<LoadOptions, 'longContext'>,
): Checkpoint {
  if (!longContext) return checkpoint;
  try {
    return withLongContext(checkpoint);
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    const details = { ...error.details, option: 'longContext' };
    throw new NextTokenError(error.code, `load: longContext: ${error.message}`, details, { cause: error });
  }
}
