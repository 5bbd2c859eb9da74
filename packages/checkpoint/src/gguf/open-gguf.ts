import { checkTensors, noPlace } from '../architectures/check-tensors';
import { configReader } from '../architectures/config-reader';
import { findArchitecture } from '../architectures/known-architectures';
import type { Checkpoint, ReadOptions } from '../checkpoint/checkpoint';
import { createCheckpoint } from '../checkpoint/create-checkpoint';
import type { StoredTensor } from '../checkpoint/stored-tensor';
import { baseName } from '../source/base-name';
import type { ByteSource } from '../source/byte-source';
import { readableBlocks } from './blocks/readable-blocks';
import { locateTensors } from './locate-tensors';
import { readGgufHeader } from './read-gguf-header';

/**
 * Opens a GGUF file (versions 1 to 3, little-endian). Reads the header only. Types that cannot be
 * dequantized are listed, and refused when one of their tensors is read.
 *
 * The checkpoint closes the source when it is closed; when opening fails it stays the caller's.
 * @throws NextTokenError `invalid-file`, `invalid-config`, `unknown-architecture`, `unsupported-option`,
 * `missing-tensor`, `tensor-shape`
 */
export async function openGguf(source: ByteSource, options: ReadOptions = {}): Promise<Checkpoint> {
  const path = source.name;
  const { metadata, tensors: announced, dataOffset } = await readGgufHeader(source, options.signal);
  const located = locateTensors(path, announced, source.size - dataOffset);
  const reader = configReader(metadata, path);
  if ((reader.value('split.count') ?? 1) !== 1) throw reader.unsupported('split.count', '1, one whole file');
  const description = findArchitecture('ggufNames', reader.value('general.architecture'), path);

  const stored = new Map(located.map((each) => [description.nameOfGguf(each.name) ?? each.name, each]));
  const architecture = description.fromGguf(reader, stored);
  const stray = located.find(({ name }) => description.nameOfGguf(name) === undefined);
  if (stray) throw noPlace(architecture, stray.name, path);
  checkTensors(description, architecture, stored, path);

  const tensors = new Map<string, StoredTensor>();
  for (const [name, { name: ggufName, shape, type, rowBytes, offset, byteLength }] of stored) {
    const format = readableBlocks.get(type.name);
    const heads = description.interleavedHeads(ggufName, architecture);
    tensors.set(name, {
      info: {
        name,
        shape,
        dtype: type.name,
        readable: format !== undefined,
        byteLength,
        source: baseName(path),
      },
      source,
      offset: dataOffset + offset,
      ...(format && { format }),
      ...(heads !== undefined && { interleaved: { heads, rowBytes } }),
    });
  }
  return createCheckpoint({
    format: 'gguf',
    name: path,
    architecture,
    metadata,
    tensors,
    sources: [source],
    configText: '',
  });
}
