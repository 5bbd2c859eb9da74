import { NextTokenError } from '@nexttoken/model';

/** Thrown when the buffered part of a header is used up; never leaves the package. */
export class MoreBytesNeeded extends Error {
  constructor(readonly needed: number) {
    super(`${needed} bytes needed`);
  }
}

/** Reads a GGUF header's numbers and strings one after another, little-endian. */
export class HeaderCursor {
  offset = 0;
  /** Version 1 counts with 32 bits, later ones with 64. */
  wideCounts = true;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /**
   * @param bytes the file's beginning
   * @param fileSize size of the whole file, which every announced length is held against
   */
  constructor(
    readonly path: string,
    readonly bytes: Uint8Array,
    readonly fileSize: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves past `length` bytes and returns where they began. */
  take(length: number): number {
    const start = this.offset;
    if (start + length > this.bytes.length) throw new MoreBytesNeeded(start + length);
    this.offset = start + length;
    return start;
  }

  uint8 = (): number => this.#view.getUint8(this.take(1));
  int8 = (): number => this.#view.getInt8(this.take(1));
  uint16 = (): number => this.#view.getUint16(this.take(2), true);
  int16 = (): number => this.#view.getInt16(this.take(2), true);
  uint32 = (): number => this.#view.getUint32(this.take(4), true);
  int32 = (): number => this.#view.getInt32(this.take(4), true);
  float32 = (): number => this.#view.getFloat32(this.take(4), true);
  float64 = (): number => this.#view.getFloat64(this.take(8), true);
  uint64 = (): number | bigint => {
    const start = this.take(8);
    // Every string and array begins with one: two halves take a fifth of the time that a bigint does.
    const high = this.#view.getUint32(start + 4, true);
    if (high < 2 ** 21) return high * 2 ** 32 + this.#view.getUint32(start, true);
    return this.#view.getBigUint64(start, true);
  };
  int64 = (): number | bigint => {
    const value = this.#view.getBigInt64(this.take(8), true);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  };

  /** A length or dimension in the version's width; one that no double holds exactly is refused. */
  size(what: string): number {
    const size = this.wideCounts ? this.uint64() : this.uint32();
    if (typeof size === 'number') return size;
    throw this.invalid(`${what} is ${size}`);
  }

  /** A number of things of at least `itemBytes` bytes each, all of which the rest of the file could hold. */
  count(what: string, itemBytes: number): number {
    const count = this.size(what);
    if (count * itemBytes > this.fileSize - this.offset) {
      throw this.invalid(
        `${what} is ${count}, but the file is too short for that: truncated, or a wrong number`,
      );
    }
    return count;
  }

  /** UTF-8 behind its length; bytes that are none become U+FFFD. */
  string(what: string): string {
    const length = this.count(`the length of ${what}`, 1);
    const start = this.take(length);
    return this.#shortText(start, length) ?? this.#decoder.decode(this.bytes.subarray(start, start + length));
  }

  /** Vocabularies are many short strings of one- and two-byte characters, for each of which a decoder is slow to start. */
  #shortText(start: number, length: number): string | undefined {
    if (length > 16) return undefined;
    const { bytes } = this;
    const end = start + length;
    let text = '';
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      // Four at once, where four are left: a text is put together from a quarter of the pieces.
      if (i + 3 < end && (byte | bytes[i + 1]! | bytes[i + 2]! | bytes[i + 3]!) < 0x80) {
        text += String.fromCharCode(byte, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!);
        i += 3;
      } else if (byte < 0x80) text += String.fromCharCode(byte);
      else {
        const next = i + 1 < end ? bytes[i + 1]! : 0;
        if (byte < 0xc2 || byte > 0xdf || (next & 0xc0) !== 0x80) return undefined;
        text += String.fromCharCode(((byte & 0x1f) << 6) | (next & 0x3f));
        i++;
      }
    }
    return text;
  }

  invalid(what: string): NextTokenError {
    return new NextTokenError('invalid-file', `${this.path}: ${what} (near byte ${this.offset})`, {
      path: this.path,
      offset: this.offset,
    });
  }
}
