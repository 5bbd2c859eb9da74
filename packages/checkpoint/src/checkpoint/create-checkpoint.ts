import { NextTokenError } from '@nexttoken/model';
import type { Architecture } from '../architectures/architecture';
import type { DerivedTensor } from '../quantized/derived-tensor';
import type { ByteSource } from '../source/byte-source';
import type { Checkpoint, ReadOptions } from './checkpoint';
import { fingerprintOf } from './fingerprint';
import { restoreRows } from './restore-rows';
import type { StoredTensor } from './stored-tensor';

interface CheckpointParts {
  readonly format: Checkpoint['format'];
  readonly name: string;
  readonly architecture: Architecture;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, StoredTensor | DerivedTensor>;
  readonly sources: readonly ByteSource[];
  /** What the fingerprint covers besides the sources. */
  readonly configText: string;
}

/** Puts a checked checkpoint together; from here on its sources are its own. */
export function createCheckpoint(parts: CheckpointParts): Checkpoint {
  const { name: path, tensors, sources } = parts;
  let closed = false;
  let fingerprint: string | undefined;

  const partsByName = new Map<string, StoredTensor>();
  for (const tensor of tensors.values()) {
    if (!('parts' in tensor)) continue;
    for (const part of Object.values(tensor.parts)) partsByName.set(part.info.name, part);
  }

  function find(name: string, options: ReadOptions | undefined): StoredTensor | DerivedTensor {
    if (closed) throw new NextTokenError('disposed', `${path} was closed before`, { path });
    options?.signal?.throwIfAborted();
    const tensor = tensors.get(name) ?? partsByName.get(name);
    if (tensor) return tensor;
    throw new NextTokenError('missing-tensor', `${path} has no tensor ${name}`, { path, tensor: name });
  }

  function refuse({ info }: StoredTensor | DerivedTensor): NextTokenError {
    const { name, dtype, source, parts: from } = info;
    const why = from
      ? `is made of ${from.map((part) => part.name).join(', ')}`
      : `is stored as ${dtype}, which cannot be read`;
    const message = `${source}: the tensor ${name} ${why}`;
    return new NextTokenError('unsupported-dtype', message, { path: source, tensor: name, dtype });
  }

  async function load(tensor: StoredTensor, options: ReadOptions | undefined): Promise<Uint8Array> {
    const { rows, offset, info } = tensor;
    if (rows && rows.rowBytes === undefined) throw refuse(tensor);
    const bytes = await tensor.source.read(offset, info.byteLength);
    options?.signal?.throwIfAborted();
    return rows ? restoreRows(bytes, rows.rowBytes!, rows.order) : bytes;
  }

  return {
    format: parts.format,
    name: path,
    architecture: parts.architecture,
    metadata: parts.metadata,
    tensors: new Map([...tensors].map(([name, { info }]) => [name, info])),

    async read(name, options) {
      const tensor = find(name, options);
      const values = () => new Float32Array(tensor.info.shape.reduce((product, size) => product * size, 1));
      if ('parts' in tensor) {
        const bytes: Record<string, Uint8Array> = {};
        for (const [role, part] of Object.entries(tensor.parts)) bytes[role] = await load(part, options);
        return combined(tensor, bytes, values());
      }
      if (!tensor.format) throw refuse(tensor);
      const bytes = await load(tensor, options);
      const result = values();
      tensor.format.dequantize(bytes, result);
      return result;
    },

    async readBytes(name, options) {
      const tensor = find(name, options);
      if ('parts' in tensor) throw refuse(tensor);
      return load(tensor, options);
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

function combined(
  tensor: DerivedTensor,
  bytes: Readonly<Record<string, Uint8Array>>,
  values: Float32Array,
): Float32Array {
  tensor.combine(bytes, values);
  return values;
}
