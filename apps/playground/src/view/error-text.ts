import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';

/** What visitors can do about it, where the message speaks to programmers. */
const plainWords: Partial<Record<NextTokenErrorCode, string>> = {
  'empty-prompt': 'There is nothing to continue from: type a beginning.',
};

const noStorage = 'This browser or window keeps no files, so models cannot be fetched here.';

/** An error's stable code, and what it says to people. */
export function errorText(error: unknown): { readonly code: string; readonly message: string } {
  const own = error instanceof Error ? error.message : String(error);
  if (!NextTokenError.isInstance(error))
    return { code: error instanceof Error ? error.name : 'error', message: own };
  const words = error.details.capability === 'file-storage' ? noStorage : plainWords[error.code];
  return { code: error.code, message: words ?? own };
}
