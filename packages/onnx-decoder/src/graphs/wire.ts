import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** One field of a protobuf message. */
export interface Field {
  readonly number: number;
  /** What is in it: the bytes of a string or an embedded message; for numbers the encoded value. */
  readonly bytes: Uint8Array;
  /** The value of a whole number, else 0. */
  readonly integer: number;
  /** The field as it lies in the message, tag included. */
  readonly whole: Uint8Array;
}

/** The fields of a message, in their order; nothing is copied. */
export function* fields(message: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, wireType] = reader.tag();
    let bytes = message.subarray(0, 0);
    let integer = 0;
    if (wireType === WireType.LengthDelimited) bytes = reader.bytes();
    else if (wireType === WireType.Varint) integer = Number(reader.int64());
    else bytes = reader.skip(wireType, number);
    yield { number, bytes, integer, whole: message.subarray(start, reader.pos) };
  }
}

/** The last field of a number, as protobuf wants it for fields that stand once. */
export function field(message: Uint8Array, number: number): Field | undefined {
  let found: Field | undefined;
  for (const each of fields(message)) if (each.number === number) found = each;
  return found;
}

export function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? new TextDecoder().decode(bytes) : '';
}

/** The values of a repeated whole number, packed or not. */
export function integersOf(message: Uint8Array, number: number): number[] {
  const found: number[] = [];
  for (const each of fields(message)) {
    if (each.number !== number) continue;
    if (each.bytes.length === 0) found.push(each.integer);
    else {
      const reader = new BinaryReader(each.bytes);
      while (reader.pos < reader.len) found.push(Number(reader.int64()));
    }
  }
  return found;
}

/** Writes an embedded message. */
export function message(writer: BinaryWriter, number: number, write: (writer: BinaryWriter) => void): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

export function text(writer: BinaryWriter, number: number, value: string): void {
  writer.tag(number, WireType.LengthDelimited).string(value);
}

export function integer(writer: BinaryWriter, number: number, value: number): void {
  writer.tag(number, WireType.Varint).int64(value);
}

export { BinaryWriter, WireType };
