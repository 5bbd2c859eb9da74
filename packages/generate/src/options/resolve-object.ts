import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { ObjectProcessor } from '../constraint/constraining-processor';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * The grammar of the value that is asked for, and whether the options beside it make sense.
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 */
export function resolveObject({
  object,
  tokenizer,
  jumpForward,
}: GenerateOptions): ObjectProcessor | undefined {
  if (jumpForward !== undefined && typeof jumpForward !== 'boolean') {
    throw invalidParameter(owner, 'jumpForward', jumpForward, 'true or false');
  }
  if (object === undefined) return undefined;
  if (typeof object?.output?.parse !== 'function' || typeof object.constraint?.forced !== 'function') {
    throw invalidParameter(
      owner,
      'object',
      object,
      'a grammar of JSON, as jsonSchema of @nexttoken/grammar makes it',
    );
  }
  if (tokenizer) return object;
  throw new NextTokenError('unsupported-option', `${owner}: object needs a tokenizer`, {
    owner,
    option: 'object',
  });
}
