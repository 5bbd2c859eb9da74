/**
 * Where a file's bytes come from. Readers ask for ranges; nobody reads a whole file at once.
 *
 * Make one with `blobSource`, `bytesSource`, or `fileSource` of the Node entry; an own one (range requests,
 * a store in the browser) has to keep what is said here.
 */
export interface ByteSource {
  /** Path or file name: what errors show, and (its last part) what a shard is recognised by. */
  readonly name: string;
  /** In bytes; a safe integer. */
  readonly size: number;
  /**
   * The bytes `[offset, offset + length)`. Calls may overlap in time.
   * @returns a fresh array of exactly `length` bytes that belongs to the caller
   * @throws NextTokenError `invalid-file` when the range leaves the file; `disposed` after `close`
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Frees what the source holds. Idempotent. */
  close(): Promise<void>;
}
