import type { HeaderCursor } from './header-cursor';

interface ValueType {
  /** Fewest bytes a value takes. */
  readonly bytes: number;
  readonly read: (cursor: HeaderCursor) => unknown;
  /** For long arrays of numbers that are shorter than a slot of an array. */
  readonly compact?: new (
    count: number,
  ) => Uint8Array | Int8Array | Uint16Array | Int16Array;
  /** Most items of an array. */
  readonly mostItems?: number;
}

const stringType = 8;
const arrayType = 9;
/** Far above the largest vocabularies; every item of an array costs memory. */
const mostItems = 2 ** 24;
/** Longer ones of 8- and 16-bit numbers become typed arrays. */
const longestPlain = 4096;

const valueTypes: ReadonlyMap<number, ValueType> = new Map<number, ValueType>([
  [0, { bytes: 1, read: (cursor) => cursor.uint8(), compact: Uint8Array }],
  [1, { bytes: 1, read: (cursor) => cursor.int8(), compact: Int8Array }],
  [2, { bytes: 2, read: (cursor) => cursor.uint16(), compact: Uint16Array }],
  [3, { bytes: 2, read: (cursor) => cursor.int16(), compact: Int16Array }],
  [4, { bytes: 4, read: (cursor) => cursor.uint32() }],
  [5, { bytes: 4, read: (cursor) => cursor.int32() }],
  [6, { bytes: 4, read: (cursor) => cursor.float32() }],
  [7, { bytes: 1, read: readBoolean, mostItems: 2 ** 16 }],
  [stringType, { bytes: 4, read: (cursor) => cursor.string('a string') }],
  [10, { bytes: 8, read: (cursor) => cursor.uint64() }],
  [11, { bytes: 8, read: (cursor) => cursor.int64() }],
  [12, { bytes: 8, read: (cursor) => cursor.float64() }],
]);

/**
 * One metadata value with its type before it: a number, a boolean, a string, or an array of one of these.
 * Arrays of arrays are in the format's words but in no known file, and are refused. Arrays of more than 4,096 numbers of
 * 8 or 16 bits are typed arrays: so none takes more than twice its bytes in the file.
 */
export function readValue(cursor: HeaderCursor, key: string): unknown {
  const type = cursor.uint32();
  if (type !== arrayType) return valueTypeOf(cursor, type, key).read(cursor);
  const item = valueTypeOf(cursor, cursor.uint32(), key);
  const count = cursor.count(`the length of ${key}`, item.bytes);
  if (count > (item.mostItems ?? mostItems)) throw cursor.invalid(`${key} has ${count} items`);
  const values: { [index: number]: unknown } =
    item.compact && count > longestPlain ? new item.compact(count) : new Array(count);
  for (let i = 0; i < count; i++) values[i] = item.read(cursor);
  return values;
}

function valueTypeOf(cursor: HeaderCursor, type: number, key: string): ValueType {
  const found = valueTypes.get(type);
  if (found) return found;
  throw cursor.invalid(
    type === arrayType ? `${key} is an array of arrays` : `${key} has the unknown type ${type}`,
  );
}

function readBoolean(cursor: HeaderCursor): boolean {
  const byte = cursor.uint8();
  if (byte > 1) throw cursor.invalid(`a boolean is stored as ${byte}`);
  return byte === 1;
}
