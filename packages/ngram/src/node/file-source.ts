import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from '../file/byte-source';

/** Bytes asked for in one call at most. */
const largestRead = 2 ** 30;

export interface OpenedFile extends ByteSource {
  readonly descriptor: number;
  close(): void;
}

/** @throws NextTokenError `file-not-found` */
export function openFile(path: string): OpenedFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw new NextTokenError('file-not-found', `${path}: ${(cause as Error).message}`, { path }, { cause });
  }
  const { size } = fstatSync(descriptor);
  let closed = false;
  return {
    path,
    size,
    descriptor,
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      readFully(descriptor, bytes, offset);
      return bytes;
    },
    close() {
      if (!closed) closeSync(descriptor);
      closed = true;
    },
  };
}

/** Fills as much of `bytes` as the file has from `offset` on. @returns how much that is */
export function readFully(descriptor: number, bytes: Uint8Array, offset: number): number {
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(
      descriptor,
      bytes,
      done,
      Math.min(largestRead, bytes.length - done),
      offset + done,
    );
    if (count === 0) break;
    done += count;
  }
  return done;
}
