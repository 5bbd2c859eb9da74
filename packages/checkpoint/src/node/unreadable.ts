import { NextTokenError } from '@nexttoken/model';

/** The error for a path that the file system refuses: missing, or there but unreadable. */
export function unreadable(path: string, cause: unknown): NextTokenError {
  const { code } = Object(cause) as { code?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new NextTokenError('file-not-found', `${path} does not exist`, { path }, { cause });
  }
  return new NextTokenError('invalid-file', `${path} cannot be read (${String(code)})`, { path }, { cause });
}
