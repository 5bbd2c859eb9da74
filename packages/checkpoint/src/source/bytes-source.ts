import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from './byte-source';
import { checkRange } from './check-range';

/**
 * A source over bytes in memory; every read copies its range.
 * @param bytes not changed and not copied as a whole; must not change while the source lives
 * @param name file name for errors, e.g. `model.safetensors`
 */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  let closed = false;
  return {
    name,
    size: bytes.length,
    async read(offset, length) {
      if (closed) throw new NextTokenError('disposed', `${name} was closed before`, { path: name });
      checkRange(name, bytes.length, offset, length);
      const copy = new Uint8Array(length);
      copy.set(bytes.subarray(offset, offset + length));
      return copy;
    },
    async close() {
      closed = true;
    },
  };
}
