import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { Checkpoint, ReadOptions } from '../checkpoint/checkpoint';
import { openGguf } from '../gguf/open-gguf';
import { openSafetensors } from '../safetensors/open-safetensors';
import { readSafetensorsIndex, shardNames } from '../safetensors/safetensors-index';
import type { ByteSource } from '../source/byte-source';
import { fileSource } from './file-source';
import { readJson } from './read-json';
import { unreadable } from './unreadable';

const single = 'model.safetensors';
const indexFile = 'model.safetensors.index.json';

/**
 * Opens what lies at a path: a `.gguf` file, a `.safetensors` file with its `config.json` beside it, or a
 * folder. In a folder `model.safetensors` comes first, then the shards of `model.safetensors.index.json`,
 * then its only `.gguf` file.
 * @throws NextTokenError `file-not-found`; `invalid-parameter` for another ending, or a folder with several
 * `.gguf` files to choose from; and all that `openGguf` and `openSafetensors` throw
 */
export async function openCheckpointPath(path: string, options: ReadOptions = {}): Promise<Checkpoint> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (found.isDirectory()) return openFolder(path, options);
  const ending = /\.(gguf|safetensors)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'gguf') return openGgufFile(path, options);
  if (ending === 'safetensors') return openShards(path, dirname(path), [path], undefined, options);
  throw invalidParameter('openCheckpointPath', 'path', path, 'a folder, a .gguf or a .safetensors file');
}

async function openFolder(folder: string, options: ReadOptions): Promise<Checkpoint> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  if (files.includes(single)) return openShards(folder, folder, [join(folder, single)], undefined, options);
  if (files.includes(indexFile)) {
    const index = await readJson(join(folder, indexFile));
    const shards = shardNames(readSafetensorsIndex(index)).map((shard) => join(folder, shard));
    return openShards(folder, folder, shards, index, options);
  }
  const ggufs = files.filter((file) => /\.gguf$/i.test(file)).sort();
  if (ggufs.length > 1) {
    throw invalidParameter('openCheckpointPath', 'path', folder, `one of its files: ${ggufs.join(', ')}`);
  }
  const [gguf] = ggufs;
  if (gguf !== undefined) return openGgufFile(join(folder, gguf), options);
  const message = `${folder} has neither ${single} nor ${indexFile} nor a .gguf file`;
  throw new NextTokenError('file-not-found', message, { path: folder });
}

async function openGgufFile(path: string, options: ReadOptions): Promise<Checkpoint> {
  const source = await fileSource(path);
  return closingOnFailure([source], () => openGguf(source, options));
}

async function openShards(
  name: string,
  folder: string,
  paths: readonly string[],
  index: unknown,
  options: ReadOptions,
): Promise<Checkpoint> {
  const configName = join(folder, 'config.json');
  const config = await readJson(configName);
  const sources: ByteSource[] = [];
  return closingOnFailure(sources, async () => {
    for (const path of paths) sources.push(await fileSource(path));
    return openSafetensors(
      { config, configName, sources, name, ...(index !== undefined && { index }) },
      options,
    );
  });
}

async function closingOnFailure(
  sources: readonly ByteSource[],
  opening: () => Promise<Checkpoint>,
): Promise<Checkpoint> {
  try {
    return await opening();
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}
