import { NextTokenError } from '@nexttoken/model';

/** The error for a cache that has no room or cannot be written; it names the path and a way out. */
export function cacheFailed(
  path: string,
  why: string,
  details: Record<string, unknown>,
  cause?: unknown,
): NextTokenError {
  const hint = 'NEXTTOKEN_CACHE may name another folder';
  return new NextTokenError(
    'cache-failed',
    `the weights cache at ${path}: ${why} (${hint})`,
    { path, ...details },
    { cause },
  );
}
