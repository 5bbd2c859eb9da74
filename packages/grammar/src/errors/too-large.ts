import { NextTokenError } from '@nexttoken/model';

/** The error for a grammar beyond what is compiled; details: what, maximum. */
export function tooLarge(what: string, maximum: number): NextTokenError {
  return new NextTokenError('grammar-too-large', `the grammar needs more than ${maximum} ${what}`, {
    what,
    maximum,
  });
}
