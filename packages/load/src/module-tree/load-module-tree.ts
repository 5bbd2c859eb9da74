import { dirname, join } from 'node:path';
import { checkpointModuleTree, type ModuleTree, moduleTree, type PrintedBy } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import { required } from '../config/model-texts';
import type { LoadProgress } from '../load/load-types';
import { locateModel } from '../source/locate-model';
import { readFolderTexts } from '../source/read-folder-texts';

export interface LoadModuleTreeOptions {
  /** Whose names and classes are followed; default `transformers-5`. */
  readonly printedBy?: PrintedBy | undefined;
  /** As of `load`. */
  readonly offline?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** A model's modules, and what they were read from. */
export interface LoadedModuleTree {
  readonly tree: ModuleTree;
  /** `header`: config and the headers of the weights; `config`: the config alone, where there are no weights. */
  readonly from: 'header' | 'config';
  /** The file or folder. */
  readonly path: string;
}

/**
 * The modules of a model that `load` takes, from its config and the headers of its weights; no weight is read. Of a
 * hub id that is not in the cache, the small files are fetched, and the config alone is read; so it is for a folder
 * without safetensors and GGUF files.
 * @throws NextTokenError as `load`, as far as config and headers go
 */
export async function loadModuleTree(
  name: string,
  options: LoadModuleTreeOptions = {},
): Promise<LoadedModuleTree> {
  checkOptionNames('loadModuleTree', options, ['printedBy', 'offline', 'signal', 'onProgress']);
  const { printedBy, offline, signal, onProgress } = options;
  signal?.throwIfAborted();
  const { path, isFolder } = await locateModel(name, { offline, signal, onProgress, isTokenizerOnly: true });
  const treeOptions = printedBy ? { printedBy } : {};
  const checkpoint = await openCheckpointPath(path, signal ? { signal } : {}).catch((error: unknown) => {
    const hasNone = NextTokenError.isInstance(error) && error.code === 'file-not-found';
    if (isFolder && hasNone && error.details.path === path) return undefined;
    throw error;
  });
  if (checkpoint) {
    await checkpoint.close();
    return { tree: checkpointModuleTree(checkpoint, treeOptions), from: 'header', path };
  }
  const folder = isFolder ? path : dirname(path);
  const place = join(folder, 'config.json');
  const { config } = await readFolderTexts(folder);
  const { value } = required(config, place, 'without it and without weights nothing says what the model is');
  return { tree: moduleTree({ config: value, configName: place }, treeOptions), from: 'config', path };
}
