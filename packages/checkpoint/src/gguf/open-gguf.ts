import { checkTensors, noPlace } from '../architectures/check-tensors';
import { configReader } from '../architectures/config-reader';
import { ggufReader } from '../architectures/gguf-reader';
import { findArchitecture } from '../architectures/known-architectures';
import type { Checkpoint, ReadOptions } from '../checkpoint/checkpoint';
import { createCheckpoint } from '../checkpoint/create-checkpoint';
import type { ByteSource } from '../source/byte-source';
import { locateTensors } from './locate-tensors';
import { readGgufHeader } from './read-gguf-header';
import { ggufWeight, restoredTensor } from './restored-tensor';
import { readRopeFactors } from './rope-factors';

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

  const { ropeFactors, weights } = await readRopeFactors(source, dataOffset, located);
  const named = weights.map((each) =>
    ggufWeight(description.nameOfGguf(each.name) ?? each.name, each, description.formOfGguf(each.name)),
  );
  const stored = new Map(named.map((each) => [each.name, each]));
  const gguf = ggufReader(
    { metadata: reader, tensors: stored, ropeFactors },
    String(reader.value('general.architecture')),
    description.embedding,
  );
  const architecture = description.fromGguf(gguf);
  const stray = weights.find(({ name }) => description.nameOfGguf(name) === undefined);
  if (stray) throw noPlace(architecture, stray.name, path);
  checkTensors(description, architecture, stored, path);

  const tensors = new Map(
    named.map((each) => [each.name, restoredTensor(each, architecture, { source, dataOffset })]),
  );
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
