import { open } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from '../source/byte-source';
import { checkRange, truncated } from '../source/check-range';
import { unreadable } from './unreadable';

/**
 * A source over a file on disk, held open until `close`.
 * @throws NextTokenError `file-not-found`; `invalid-file` for what is no readable file
 */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new NextTokenError('invalid-file', `${path} is no file`, { path });
  }
  const { size } = stat;
  let closing: Promise<void> | undefined;
  return {
    name: path,
    size,
    async read(offset, length) {
      if (closing) throw new NextTokenError('disposed', `${path} was closed before`, { path });
      checkRange(path, size, offset, length);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const wanted = Math.min(length - done, 2 ** 30);
        const { bytesRead } = await handle
          .read(bytes, done, wanted, offset + done)
          .catch((cause: unknown) => {
            throw unreadable(path, cause);
          });
        if (bytesRead === 0) throw truncated(path, length - done, 'what it had when it was opened');
        done += bytesRead;
      }
      return bytes;
    },
    close() {
      closing ??= handle.close();
      return closing;
    },
  };
}
