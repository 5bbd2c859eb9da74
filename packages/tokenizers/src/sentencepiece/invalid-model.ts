import { NextTokenError } from '@nexttoken/model';

/** The error for a `tokenizer.model` that cannot be used. */
export function invalidModel(problem: string, details: object = {}, cause?: unknown): NextTokenError {
  return new NextTokenError(
    'invalid-file',
    `tokenizer.model: ${problem}`,
    { path: 'tokenizer.model', problem, ...details },
    cause === undefined ? {} : { cause },
  );
}
