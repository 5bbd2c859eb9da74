import { NextTokenError } from '@nexttoken/model';
import { describeStart } from '../source/describe-start';
import { elementCount } from '../source/element-count';
import { type GgmlType, ggmlType } from './ggml-types';
import type { HeaderCursor } from './header-cursor';
import { readValue } from './read-value';

/** A tensor as the header announces it. */
export interface GgufTensor {
  readonly name: string;
  /** Row-major, slowest first: the file's dimensions in reverse. */
  readonly shape: readonly number[];
  readonly type: GgmlType;
  /** From the beginning of the data part. */
  readonly offset: number;
}

export interface GgufHeader {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tensors: readonly GgufTensor[];
  /** Where the data part begins, in bytes from the file's beginning. */
  readonly dataOffset: number;
}

const mostDimensions = 4;

/**
 * The header of a GGUF file, versions 1 to 3 (ggml's `docs/gguf.md`): counts, key-values, tensor list.
 * @throws NextTokenError `invalid-file`
 */
export function parseGgufHeader(cursor: HeaderCursor): GgufHeader {
  readVersion(cursor);
  const lengthBytes = cursor.wideCounts ? 8 : 4;
  const tensorCount = cursor.count('the number of tensors', 2 * lengthBytes + 16);
  const valueCount = cursor.count('the number of key-values', lengthBytes + 5);

  const metadata = new Map<string, unknown>();
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.string('a key');
    if (metadata.has(key)) throw cursor.invalid(`the key ${key} is there twice`);
    metadata.set(key, readValue(cursor, key));
  }
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < tensorCount; i++) tensors.push(readTensor(cursor));

  const alignment = metadata.get('general.alignment') ?? 32;
  if (typeof alignment !== 'number' || !Number.isInteger(alignment) || alignment < 1 || alignment > 2 ** 20) {
    throw cursor.invalid(`general.alignment is ${String(alignment)}`);
  }
  for (const { name, offset } of tensors) {
    if (offset % alignment !== 0)
      throw cursor.invalid(`the tensor ${name} is not aligned to ${alignment} bytes`);
  }
  const dataOffset = Math.ceil(cursor.offset / alignment) * alignment;
  return { metadata: Object.fromEntries(metadata), tensors, dataOffset };
}

function readVersion(cursor: HeaderCursor): void {
  const { path } = cursor;
  if (cursor.uint32() !== 0x46554747) {
    const what = describeStart(cursor.bytes) ?? 'it does not start with "GGUF"';
    throw new NextTokenError('invalid-file', `${path} is no GGUF file: ${what}`, { path });
  }
  const version = cursor.uint32();
  if (version >= 1 && version <= 3) {
    cursor.wideCounts = version > 1;
    return;
  }
  const bigEndian = version !== 0 && version % 2 ** 24 === 0;
  const what = bigEndian
    ? 'big-endian, and only little-endian files can be read'
    : `of the unknown version ${version}`;
  throw new NextTokenError('invalid-file', `${path}: this GGUF file is ${what}`, {
    path,
    version,
    bigEndian,
  });
}

function readTensor(cursor: HeaderCursor): GgufTensor {
  const name = cursor.string('a tensor name');
  const dimensions = cursor.uint32();
  if (dimensions > mostDimensions) throw cursor.invalid(`the tensor ${name} has ${dimensions} dimensions`);
  const sizes: number[] = [];
  for (let i = 0; i < dimensions; i++) sizes.push(cursor.size(`a dimension of ${name}`));
  if (elementCount(sizes) === undefined) throw cursor.invalid(`the tensor ${name} has too many values`);
  const type = ggmlType(cursor.uint32());
  const offset = cursor.uint64();
  if (typeof offset !== 'number') throw cursor.invalid(`the tensor ${name} has the offset ${offset}`);
  return { name, shape: sizes.reverse(), type, offset };
}
