import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from '../source/byte-source';
import { readableBlocks } from './blocks/readable-blocks';
import type { LocatedTensor } from './locate-tensors';

const names = ['rope_freqs', 'rope_factors_short', 'rope_factors_long'];
/** Pairs of dimensions of a head: far more than any model has. */
const mostFactors = 65536;

export interface RopeFactors {
  /** Values by name without `.weight`. */
  readonly ropeFactors: ReadonlyMap<string, readonly number[]>;
  /** The other tensors. */
  readonly weights: readonly LocatedTensor[];
}

/**
 * Takes the small tensors that scale rotary frequencies out of the list and reads them: they belong to the architecture.
 * @throws NextTokenError `invalid-file` for one that is no short list of plain numbers
 */
export async function readRopeFactors(
  source: ByteSource,
  dataOffset: number,
  tensors: readonly LocatedTensor[],
): Promise<RopeFactors> {
  const ropeFactors = new Map<string, readonly number[]>();
  const weights: LocatedTensor[] = [];
  for (const tensor of tensors) {
    const key = names.find((name) => tensor.name === `${name}.weight`);
    if (key === undefined) weights.push(tensor);
    else ropeFactors.set(key, await readValues(source, dataOffset, tensor));
  }
  return { ropeFactors, weights };
}

async function readValues(source: ByteSource, dataOffset: number, tensor: LocatedTensor): Promise<number[]> {
  const { name, shape, type, offset, byteLength } = tensor;
  const format = readableBlocks.get(type.name);
  const [count = 0] = shape;
  if (!format || shape.length !== 1 || count > mostFactors)
    throw new NextTokenError('invalid-file', `${source.name}: the tensor ${name} is no list of numbers`, {
      path: source.name,
      tensor: name,
    });
  const values = new Float32Array(count);
  format.dequantize(await source.read(dataOffset + offset, byteLength), values);
  return [...values];
}
