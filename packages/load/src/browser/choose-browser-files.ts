import { NextTokenError } from '@nexttoken/model';
import { parseJsonFile } from '../config/json-file';
import type { ModelTexts } from '../config/model-texts';
import type { LoadOptions } from '../load/load-types';
import { type BrowserLocation, bytesOf, type OpenedFile } from './browser-location';
import { fileCandidate, folderCandidates } from './candidates';
import { openExternalData } from './open-external-data';

/** The weights, fetched or found. */
export interface ChosenFiles {
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  /** One file; of a checkpoint in shards all of them. */
  readonly weights: readonly [OpenedFile, ...OpenedFile[]];
  /** `model.safetensors.index.json`, parsed. */
  readonly index?: unknown;
  /** Files that an ONNX graph refers to. */
  readonly externalData: readonly OpenedFile[];
  readonly dtype: string;
}

/**
 * Chooses and opens the weights: the file that was named, else model.safetensors or its index, else (where the names
 * are known) the only GGUF file, else the ONNX file of the `dtype`.
 * @throws NextTokenError `unsupported-option` for a dtype that the files have not; `file-not-found`
 */
export async function chooseBrowserFiles(
  location: BrowserLocation,
  texts: ModelTexts,
  options: LoadOptions,
): Promise<ChosenFiles> {
  const { dtype = 'auto' } = options;
  const candidates =
    location.file === undefined
      ? folderCandidates(location, dtype)
      : [fileCandidate(location, location.file, dtype)];
  for (const { file, format, dtype: own } of candidates) {
    const opened = await location.open(file, options);
    if (!opened) continue;
    const common = { format, dtype: own };
    if (format === 'onnx') {
      const externalData = await openExternalData(location, file, texts.config, options);
      return { ...common, weights: [opened], externalData };
    }
    if (!file.endsWith('.index.json')) return { ...common, weights: [opened], externalData: [] };
    return { ...common, ...(await openShards(location, opened, options)), externalData: [] };
  }
  const looked = candidates.map(({ file }) => file);
  if (location.file !== undefined)
    throw new NextTokenError('file-not-found', `${location.href} does not exist`, { path: location.href });
  const message =
    looked.length === 0
      ? `${location.href}: there are no weights (a .gguf, .safetensors or .onnx file) among its files: ${location.names?.join(', ')}`
      : `${location.href} has no weights for dtype ${dtype}; looked for ${looked.join(', ')}`;
  throw new NextTokenError('file-not-found', message, { path: location.href, dtype, looked });
}

async function openShards(
  location: BrowserLocation,
  opened: OpenedFile,
  options: LoadOptions,
): Promise<Pick<ChosenFiles, 'weights' | 'index'>> {
  const text = new TextDecoder().decode(await bytesOf(opened));
  const index = parseJsonFile(opened.path, text).value;
  const names = new Set(Object.values(Object(index.weight_map)).map(String));
  const shards: OpenedFile[] = [];
  for (const name of names) {
    const shard = await location.open(name, options);
    if (!shard) {
      const path = location.placeOf(name);
      throw new NextTokenError('file-not-found', `${path} is missing: ${opened.path} names it`, { path });
    }
    shards.push(shard);
  }
  const [first, ...others] = shards;
  if (first) return { weights: [first, ...others], index };
  throw new NextTokenError('invalid-file', `${opened.path} names no weights`, { path: opened.path });
}
