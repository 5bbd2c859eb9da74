import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { ArchitectureDescription } from '../architectures/architecture-description';
import { checkTensors } from '../architectures/check-tensors';
import { configReader } from '../architectures/config-reader';
import { findArchitecture } from '../architectures/known-architectures';
import type { Checkpoint, ReadOptions } from '../checkpoint/checkpoint';
import { createCheckpoint } from '../checkpoint/create-checkpoint';
import type { StoredTensor } from '../checkpoint/stored-tensor';
import { deriveWeights } from '../quantized/derive-weights';
import { readQuantization } from '../quantized/quantization';
import { baseName } from '../source/base-name';
import type { ByteSource } from '../source/byte-source';
import { readSafetensorsTensors } from './read-tensors';
import { readSafetensorsIndex, shardNames } from './safetensors-index';

/** The files of a Hugging Face folder. */
export interface SafetensorsFiles {
  /** `config.json`, parsed. */
  readonly config: unknown;
  /** Its path, for errors; default `config.json`. */
  readonly configName?: string;
  /** `model.safetensors`, or the shards that the index names; recognised by the last part of their names. */
  readonly sources: readonly ByteSource[];
  /** `model.safetensors.index.json`, parsed; shards need none, but with one they are checked against it. */
  readonly index?: unknown;
  /** What the checkpoint calls itself, e.g. the folder; default: the first source's name. */
  readonly name?: string;
}

/**
 * Opens a model that is stored as safetensors beside a config.json. Reads the headers only.
 *
 * The checkpoint closes the sources when it is closed; when opening fails they stay the caller's.
 * @throws NextTokenError `invalid-file`, `invalid-config`, `unknown-architecture`, `unsupported-option`,
 * `missing-tensor`, `tensor-shape`; `invalid-parameter` for sources that are none or not those of the index
 */
export async function openSafetensors(
  files: SafetensorsFiles,
  options: ReadOptions = {},
): Promise<Checkpoint> {
  const { config, sources, configName = 'config.json' } = files;
  const name = files.name ?? sources[0]?.name;
  if (name === undefined) throw invalidParameter('openSafetensors', 'sources', '', 'at least one file');
  const configText = textOf(config, configName);
  const metadata = config as Readonly<Record<string, unknown>>;
  const reader = configReader(metadata, configName);
  const description = findArchitecture('modelTypes', reader.value('model_type'), reader.path);
  const architecture = description.fromConfig(reader);
  const quantization = readQuantization(reader);

  const index = files.index === undefined ? undefined : readSafetensorsIndex(files.index);
  if (index) checkSources(index, sources);
  const stored = new Map<string, StoredTensor>();
  for (const source of sources) {
    options.signal?.throwIfAborted();
    for (const tensor of await readSafetensorsTensors(source)) addOnce(stored, tensor);
  }
  if (index) checkPlaces(index, stored);
  const whole = withPrefix(stored, description);
  const tensors = quantization ? deriveWeights(whole, quantization, name) : whole;
  checkTensors(description, architecture, new Map([...tensors].map(([key, { info }]) => [key, info])), name);
  return createCheckpoint({
    format: 'safetensors',
    name,
    architecture,
    metadata,
    tensors,
    sources,
    configText,
  });
}

/** A config as text; what is no JSON object has none. */
function textOf(config: unknown, path: string): string {
  try {
    if (typeof config === 'object' && config !== null && !Array.isArray(config))
      return JSON.stringify(config);
  } catch (cause) {
    throw new NextTokenError(
      'invalid-config',
      `${path} holds more than JSON`,
      { path, field: '' },
      { cause },
    );
  }
  throw new NextTokenError('invalid-config', `${path} must be a JSON object`, { path, field: '' });
}

/** Folders of a bare model leave out what its names begin with inside a language model. */
function withPrefix(
  stored: ReadonlyMap<string, StoredTensor>,
  { prefix, embedding }: ArchitectureDescription,
): ReadonlyMap<string, StoredTensor> {
  if (stored.has(embedding) || !stored.has(embedding.slice(prefix.length))) return stored;
  return new Map(
    [...stored.values()].map((tensor) => {
      const name = `${prefix}${tensor.info.name}`;
      return [name, { ...tensor, info: { ...tensor.info, name } }];
    }),
  );
}

function addOnce(tensors: Map<string, StoredTensor>, tensor: StoredTensor): void {
  const { name, source } = tensor.info;
  const other = tensors.get(name)?.info.source;
  if (other !== undefined) {
    const message = `the tensor ${name} lies in ${other} and in ${source}`;
    throw new NextTokenError('invalid-file', message, { path: tensor.source.name, tensor: name });
  }
  tensors.set(name, tensor);
}

function checkSources(index: ReadonlyMap<string, string>, sources: readonly ByteSource[]): void {
  const given = sources.map((source) => baseName(source.name));
  const named = shardNames(index);
  const same = given.length === named.length && named.every((file) => given.includes(file));
  if (!same)
    throw invalidParameter('openSafetensors', 'sources', given.join(', '), `the index's ${named.join(', ')}`);
}

function checkPlaces(index: ReadonlyMap<string, string>, tensors: ReadonlyMap<string, StoredTensor>): void {
  for (const [tensor, file] of index) {
    if (tensors.get(tensor)?.info.source === file) continue;
    const message = `${file} lacks the tensor ${tensor}, which the index places there`;
    throw new NextTokenError('invalid-file', message, { path: file, tensor });
  }
}
