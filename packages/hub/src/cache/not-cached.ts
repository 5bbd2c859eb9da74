import { NextTokenError } from '@nexttoken/model';

/** The error for a model that the cache has nothing of. */
export function notCached(id: string, folder: string): NextTokenError {
  const message = `${id} is not in the cache: there is no ${folder}`;
  return new NextTokenError('offline', message, { name: id, path: folder });
}
