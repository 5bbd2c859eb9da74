/** Bytes that can be read piecewise: in memory, of a browser's file, of a file on disk. */
export interface ByteSource {
  /** A name for error messages. */
  readonly path: string;
  readonly size: number;
  /** A part, aligned to 4 bytes; shorter only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @param path a name for error messages */
export function bytesSource(bytes: Uint8Array, path: string): ByteSource {
  return {
    path,
    size: bytes.length,
    async read(offset, length) {
      const part = bytes.subarray(offset, offset + length);
      return (part.byteOffset & 3) === 0 ? part : new Uint8Array(part);
    },
  };
}

/** @param path a name for error messages */
export function blobSource(blob: Blob, path: string): ByteSource {
  return {
    path,
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}
