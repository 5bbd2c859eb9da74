import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from './byte-source';
import { checkRange } from './check-range';

/**
 * A source over a `Blob` or `File` (a file input, a dropped folder, a response): browser and Node.
 * @param name file name for errors, e.g. `model.safetensors`
 * @throws NextTokenError from `read`: `invalid-file` when the platform cannot read the blob any more
 */
export function blobSource(blob: Blob, name: string): ByteSource {
  let closed = false;
  return {
    name,
    size: blob.size,
    async read(offset, length) {
      if (closed) throw new NextTokenError('disposed', `${name} was closed before`, { path: name });
      checkRange(name, blob.size, offset, length);
      try {
        return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        throw new NextTokenError(
          'invalid-file',
          `${name} cannot be read any more`,
          { path: name },
          { cause },
        );
      }
    },
    async close() {
      closed = true;
    },
  };
}
