import { toHostOrder } from '../file/xxh32';
import type { IntegerStore } from '../suffix/integer-store';
import { readFully } from './file-source';

const blockBits = 12;
/** Integers in a block: 16 KiB. */
export const blockLength = 2 ** blockBits;

/** Blocks of a file that are kept, the one used longest ago forgotten first. */
export class BlockCache {
  readonly #blocks = new Map<number, Int32Array>();

  /** @param capacity blocks at most */
  constructor(
    readonly descriptor: number,
    readonly capacity: number,
  ) {}

  get size(): number {
    return this.#blocks.size;
  }

  /** The integers from a byte of the file on. */
  get(offset: number, length: number): Int32Array {
    const found = this.#blocks.get(offset);
    if (found) {
      this.#blocks.delete(offset);
      this.#blocks.set(offset, found);
      return found;
    }
    const bytes = new Uint8Array(length * 4);
    readFully(this.descriptor, bytes, offset);
    const block = toHostOrder(new Int32Array(bytes.buffer));
    if (this.#blocks.size >= this.capacity) this.#blocks.delete(this.#blocks.keys().next().value!);
    this.#blocks.set(offset, block);
    return block;
  }
}

/** Integers of a file, read in blocks as they are asked for. */
export class PagedStore implements IntegerStore {
  #current = -1;
  #block: Int32Array = new Int32Array(0);

  /** @param offset of the first one, in bytes */
  constructor(
    readonly cache: BlockCache,
    readonly offset: number,
    readonly length: number,
  ) {}

  get(place: number): number {
    const number = place >>> blockBits;
    if (number !== this.#current) {
      const begin = number * blockLength;
      this.#block = this.cache.get(this.offset + begin * 4, Math.min(blockLength, this.length - begin));
      this.#current = number;
    }
    return this.#block[place & (blockLength - 1)]!;
  }
}
