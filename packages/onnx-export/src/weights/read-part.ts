import type { Checkpoint } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import type { BlockRows, RowRoom } from './blocks/block-rows';
import { ggufBlocks, unpackGguf } from './blocks/gguf-blocks';
import { integerPacking, readIntegerBlocks } from './blocks/integer-linear';
import type { WeightPart } from './weight-part';

/** The part's numbers, row-major, transposed, chosen and shifted as it asks for. */
export async function readValues(checkpoint: Checkpoint, part: WeightPart): Promise<Float32Array> {
  const { tensor, transposed, rows, plus = 0 } = part;
  const stored = await checkpoint.read(tensor);
  if (!transposed && !rows && plus === 0) return stored;
  const [first = 1, ...rest] = checkpoint.tensors.get(tensor)!.shape;
  const size = rest.reduce((product, each) => product * each, 1);
  const whole = transposed ? transpose(stored, first, size) : stored;
  const taken = rows ? takeRows(whole, transposed ? first : size, rows) : whole;
  if (plus !== 0) for (let i = 0; i < taken.length; i++) taken[i]! += plus;
  return taken;
}

/** Whether a part's blocks are made of its tensor's bytes alone. */
export function isInGgufBlocks(checkpoint: Checkpoint, { tensor }: WeightPart): boolean {
  return ggufBlocks.has(checkpoint.tensors.get(tensor)!.dtype);
}

/**
 * The part's blocks as the file holds them.
 * @param bytes reads those of a tensor in blocks of GGUF
 * @param room behind every row, for blocks of GGUF alone
 * @throws NextTokenError as `readIntegerBlocks`
 */
export async function readBlocks(
  checkpoint: Checkpoint,
  { tensor, rows }: WeightPart,
  bytes: (tensor: string) => Promise<Uint8Array>,
  room?: RowRoom,
): Promise<BlockRows> {
  const info = checkpoint.tensors.get(tensor)!;
  const packing = integerPacking(info, checkpoint.metadata);
  const format = ggufBlocks.get(info.dtype);
  if (!packing && !format)
    throw new NextTokenError(
      'unsupported-dtype',
      `${info.source}: ${tensor} (${info.dtype}) is not in known blocks`,
      {
        path: info.source,
        tensor,
        dtype: info.dtype,
      },
    );
  const blocks = packing
    ? await readIntegerBlocks(checkpoint, info, packing)
    : unpackGguf(format!, await bytes(tensor), room);
  if (!rows) return blocks;
  const count = info.shape[0]!;
  const taken = <Data extends Uint8Array | Float32Array>(data: Data) =>
    takeRows(data, data.length / count, rows);
  const { codes, scales, zeros, offsets } = blocks as BlockRows;
  return {
    codes: taken(codes),
    scales: taken(scales),
    ...(zeros && { zeros: taken(zeros) }),
    ...(offsets && { offsets: taken(offsets) }),
  };
}

function takeRows<Data extends Uint8Array | Float32Array>(
  data: Data,
  width: number,
  rows: ArrayLike<number>,
): Data {
  const taken = new (data.constructor as new (length: number) => Data)(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    taken.set(data.subarray(from, from + width) as never, i * width);
  }
  return taken;
}

/** `[rows, columns]` → `[columns, rows]`. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]!;
  return turned;
}
