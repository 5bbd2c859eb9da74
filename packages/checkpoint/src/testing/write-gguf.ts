import { joinBytes } from '../source/join-bytes';

/** A metadata value with its type: `['uint32', 5]`, `['string[]', ['a']]`. */
export type GgufValue = readonly [type: string, value: unknown];

export interface GgufFile {
  readonly version?: number;
  readonly metadata: Readonly<Record<string, GgufValue>>;
  readonly tensors: readonly {
    readonly name: string;
    /** Row-major, slowest first. */
    readonly shape: readonly number[];
    readonly type: number;
    readonly bytes: Uint8Array;
    /** Instead of the honest offset. */
    readonly offset?: number;
  }[];
  /** Instead of the honest counts. */
  readonly tensorCount?: bigint;
  readonly valueCount?: bigint;
  readonly alignment?: number;
}

const typeIds = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'bool',
  'string',
  'array',
  'uint64',
  'int64',
  'float64',
];

/** A GGUF file, little-endian, laid out one tensor behind the other. */
export function writeGguf(file: GgufFile): Uint8Array {
  const { version = 3, alignment = 32, tensors } = file;
  const size = (value: number | bigint) => number(version === 1 ? 'uint32' : 'uint64', value);
  const text = (value: string) => {
    const bytes = new TextEncoder().encode(value);
    return joinBytes([size(bytes.length), bytes]);
  };
  const scalar = (type: string, value: unknown) =>
    type === 'string' ? text(value as string) : number(type, value as number | bigint | boolean);
  const valueBytes = ([type, value]: GgufValue) => {
    if (!type.endsWith('[]')) return joinBytes([typeId(type), scalar(type, value)]);
    const item = type.slice(0, -2);
    const items = value as readonly unknown[];
    return joinBytes([
      typeId('array'),
      typeId(item),
      size(items.length),
      ...items.map((each) => scalar(item, each)),
    ]);
  };

  const entries = Object.entries(file.metadata);
  const parts = [
    new TextEncoder().encode('GGUF'),
    number('uint32', version),
    size(file.tensorCount ?? tensors.length),
    size(file.valueCount ?? entries.length),
    ...entries.flatMap(([key, value]) => [text(key), valueBytes(value)]),
  ];
  let offset = 0;
  for (const tensor of tensors) {
    parts.push(
      text(tensor.name),
      number('uint32', tensor.shape.length),
      ...[...tensor.shape].reverse().map(size),
      number('uint32', tensor.type),
      number('uint64', tensor.offset ?? offset),
    );
    offset += tensor.bytes.length + padding(tensor.bytes.length, alignment);
  }
  const header = joinBytes(parts);
  const data = tensors.flatMap(({ bytes }) => [bytes, new Uint8Array(padding(bytes.length, alignment))]);
  return joinBytes([header, new Uint8Array(padding(header.length, alignment)), ...data]);
}

function padding(length: number, alignment: number): number {
  return (alignment - (length % alignment)) % alignment;
}

function typeId(type: string): Uint8Array {
  const id = typeIds.indexOf(type);
  return number('uint32', id < 0 ? 99 : id);
}

const writers: Readonly<
  Record<string, readonly [bytes: number, write: (view: DataView, value: number) => void]>
> = {
  uint8: [1, (view, value) => view.setUint8(0, value)],
  int8: [1, (view, value) => view.setInt8(0, value)],
  bool: [1, (view, value) => view.setUint8(0, value)],
  uint16: [2, (view, value) => view.setUint16(0, value, true)],
  int16: [2, (view, value) => view.setInt16(0, value, true)],
  uint32: [4, (view, value) => view.setUint32(0, value, true)],
  int32: [4, (view, value) => view.setInt32(0, value, true)],
  float32: [4, (view, value) => view.setFloat32(0, value, true)],
  float64: [8, (view, value) => view.setFloat64(0, value, true)],
};

/** Types that are none here (64-bit integers, and unknown ones for broken files) become 8 bytes of an integer. */
function number(type: string, value: number | bigint | boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  const writer = writers[type];
  if (writer) writer[1](view, Number(value));
  else view.setBigInt64(0, BigInt(value), true);
  return new Uint8Array(view.buffer, 0, writer?.[0] ?? 8);
}
