import { NextTokenError } from '@nexttoken/model';
import type { Architecture } from '../architectures/architecture';
import type { ByteSource } from '../source/byte-source';
import type { Checkpoint, ReadOptions } from './checkpoint';
import { deinterleaveRows } from './deinterleave-rows';
import { fingerprintOf } from './fingerprint';
import type { StoredTensor } from './stored-tensor';

interface CheckpointParts {
  readonly format: Checkpoint['format'];
  readonly name: string;
  readonly architecture: Architecture;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly sources: readonly ByteSource[];
  /** What the fingerprint covers besides the sources. */
  readonly configText: string;
}

/** Puts a checked checkpoint together; from here on its sources are its own. */
export function createCheckpoint(parts: CheckpointParts): Checkpoint {
  const { name: path, tensors, sources } = parts;
  let closed = false;
  let fingerprint: string | undefined;

  function find(name: string, options: ReadOptions | undefined): StoredTensor {
    if (closed) throw new NextTokenError('disposed', `${path} was closed before`, { path });
    options?.signal?.throwIfAborted();
    const tensor = tensors.get(name);
    if (tensor) return tensor;
    throw new NextTokenError('missing-tensor', `${path} has no tensor ${name}`, { path, tensor: name });
  }

  function refuse({ info }: StoredTensor): NextTokenError {
    const { name, dtype, source } = info;
    const message = `${source}: the tensor ${name} is stored as ${dtype}, which cannot be read`;
    return new NextTokenError('unsupported-dtype', message, { path: source, tensor: name, dtype });
  }

  async function load(tensor: StoredTensor, options: ReadOptions | undefined): Promise<Uint8Array> {
    const { interleaved, offset, info } = tensor;
    if (interleaved && interleaved.rowBytes === undefined) throw refuse(tensor);
    const bytes = await tensor.source.read(offset, info.byteLength);
    options?.signal?.throwIfAborted();
    return interleaved ? deinterleaveRows(bytes, interleaved.rowBytes!, interleaved.heads) : bytes;
  }

  return {
    format: parts.format,
    name: path,
    architecture: parts.architecture,
    metadata: parts.metadata,
    tensors: new Map([...tensors].map(([name, { info }]) => [name, info])),

    async read(name, options) {
      const tensor = find(name, options);
      if (!tensor.format) throw refuse(tensor);
      const bytes = await load(tensor, options);
      const values = new Float32Array(tensor.info.shape.reduce((product, size) => product * size, 1));
      tensor.format.dequantize(bytes, values);
      return values;
    },

    async readBytes(name, options) {
      return load(find(name, options), options);
    },

    async fingerprint(options) {
      if (closed) throw new NextTokenError('disposed', `${path} was closed before`, { path });
      fingerprint ??= await fingerprintOf(sources, parts.configText, options?.signal);
      return fingerprint;
    },

    async close() {
      closed = true;
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}
