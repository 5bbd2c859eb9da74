import { NextTokenError } from '@nexttoken/model';
import type { StoredTensor } from '../checkpoint/stored-tensor';
import { baseName } from '../source/base-name';
import type { ByteSource } from '../source/byte-source';
import { checkLayout, type DataRange } from '../source/check-layout';
import { elementCount } from '../source/element-count';
import { readSafetensorsHeader } from './read-header';
import { safetensorsBits, safetensorsFormats } from './safetensors-dtypes';

/**
 * The tensors of one safetensors file, in the order of its data. As the format says, they fill the data
 * part without overlap, gap or rest.
 * @throws NextTokenError `invalid-file` naming path, tensor and, for a truncated file, the missing bytes
 */
export async function readSafetensorsTensors(source: ByteSource): Promise<StoredTensor[]> {
  const { entries, dataOffset } = await readSafetensorsHeader(source);
  const ranges: DataRange[] = [];
  const tensors: StoredTensor[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, begin, end } = readEntry(source.name, name, entry);
    ranges.push({ name, begin, end });
    const format = safetensorsFormats.get(dtype);
    tensors.push({
      info: {
        name,
        shape,
        dtype,
        readable: format !== undefined,
        byteLength: end - begin,
        source: baseName(source.name),
      },
      source,
      offset: dataOffset + begin,
      ...(format && { format }),
    });
  }
  checkLayout(source.name, ranges, source.size - dataOffset, 'refused');
  return tensors.sort((a, b) => a.offset - b.offset);
}

function readEntry(path: string, tensor: string, entry: unknown) {
  const invalid = (what: string) =>
    new NextTokenError('invalid-file', `${path}: the header's entry of ${tensor} has ${what}`, {
      path,
      tensor,
    });
  const { dtype, shape, data_offsets: offsets } = Object(entry) as Record<string, unknown>;
  if (typeof dtype !== 'string') throw invalid('no dtype');
  if (!Array.isArray(shape)) throw invalid('no shape');
  const count = elementCount(shape);
  if (count === undefined) throw invalid('a shape that is no list of sizes');
  if (!Array.isArray(offsets) || offsets.length !== 2) throw invalid('no pair of data offsets');
  const [begin, end] = offsets as unknown[];
  if (!isOffset(begin) || !isOffset(end) || begin > end) throw invalid('data offsets that are no range');
  const bits = safetensorsBits.get(dtype);
  if (bits !== undefined && (count * bits) / 8 !== end - begin) {
    throw invalid(`${end - begin} bytes of data, but its shape [${shape}] takes ${(count * bits) / 8}`);
  }
  return { dtype, shape: shape as number[], begin, end };
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
