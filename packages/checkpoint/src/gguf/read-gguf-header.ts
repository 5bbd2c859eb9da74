import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from '../source/byte-source';
import { truncated } from '../source/check-range';
import { HeaderCursor, MoreBytesNeeded } from './header-cursor';
import { type GgufHeader, parseGgufHeader } from './parse-header';

/** A header tells its length nowhere: read this much, and eight times as much until it is enough. */
const firstRead = 256 * 1024;
/** Far above the largest vocabularies; what claims to be longer is broken. */
const headerLimit = 256 * 1024 * 1024;

/** Reads the header from the file's beginning; parses again from the start where the first part was too short. */
export async function readGgufHeader(source: ByteSource, signal?: AbortSignal): Promise<GgufHeader> {
  const { name: path, size } = source;
  for (let wanted = firstRead; ; ) {
    signal?.throwIfAborted();
    const bytes = await source.read(0, Math.min(wanted, size));
    try {
      return parseGgufHeader(new HeaderCursor(path, bytes, size));
    } catch (error) {
      if (!(error instanceof MoreBytesNeeded)) throw error;
      if (error.needed > size)
        throw truncated(path, error.needed - size, 'its header, at least', { tensor: null });
      if (error.needed > headerLimit) {
        throw new NextTokenError('invalid-file', `${path}: the header is longer than ${headerLimit} bytes`, {
          path,
        });
      }
      wanted = Math.max(wanted * 8, error.needed);
    }
  }
}
