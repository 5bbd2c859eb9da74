import { NextTokenError } from '@nexttoken/model';
import { checkLayout } from '../source/check-layout';
import type { GgufTensor } from './parse-header';

/** A tensor with its place in the data part. */
export interface LocatedTensor extends GgufTensor {
  readonly byteLength: number;
  /** Bytes of a row (of a single value, for one dimension); absent where that is no whole number of blocks. */
  readonly rowBytes: number | undefined;
}

/**
 * Works out how long every tensor is and refuses those that overlap, end in half a block, share a name or
 * reach beyond the file. A type of unknown size takes the room up to the next tensor.
 * @param dataSize length of the data part; negative when the file ends before it
 * @throws NextTokenError `invalid-file`
 */
export function locateTensors(
  path: string,
  tensors: readonly GgufTensor[],
  dataSize: number,
): LocatedTensor[] {
  const invalid = (name: string, what: string) =>
    new NextTokenError('invalid-file', `${path}: the tensor ${name} ${what}`, { path, tensor: name });

  const names = new Set<string>();
  const begins = tensors.map(({ offset }) => offset).sort((a, b) => a - b);
  const next = new Map(begins.map((begin, i) => [begin, begins[i + 1]]));
  const located = tensors.map((tensor): LocatedTensor => {
    const { name, shape, type, offset } = tensor;
    if (names.has(name)) throw invalid(name, 'is there twice');
    names.add(name);
    const { blockSize, blockBytes } = type;
    if (blockSize === undefined || blockBytes === undefined) {
      const end = next.get(offset) ?? Math.max(dataSize, offset);
      return { ...tensor, byteLength: end - offset, rowBytes: undefined };
    }
    const rowLength = shape.at(-1) ?? 1;
    if (rowLength % blockSize !== 0) {
      throw invalid(name, `has rows of ${rowLength} values, which are no whole blocks of ${type.name}`);
    }
    const count = shape.reduce((product, size) => product * size, 1);
    const rowBytes = ((shape.length > 1 ? rowLength : 1) / blockSize) * blockBytes;
    const byteLength = (count / blockSize) * blockBytes;
    if (!Number.isSafeInteger(offset + byteLength)) throw invalid(name, 'has too many values');
    return { ...tensor, byteLength, rowBytes: Number.isInteger(rowBytes) ? rowBytes : undefined };
  });
  const ranges = located.map(({ name, offset, byteLength }) => ({
    name,
    begin: offset,
    end: offset + byteLength,
  }));
  checkLayout(path, ranges, Math.max(dataSize, 0), 'allowed');
  return located;
}
