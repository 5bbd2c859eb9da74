import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { weightDtypes } from '@nexttoken/onnx-export';
import type { ModelLocation } from './locate-model';
import { onnxDtype, onnxModelFiles } from './onnx-files';
import { unsupportedDtype } from './unsupported-dtype';

/** Which files of a model are used. */
export interface ChosenFiles {
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  /** What holds the weights: a file, or a folder for safetensors. */
  readonly weights: string;
  /** Where config.json, tokenizer.json and their kin lie. */
  readonly folder: string;
  /** Number format of the weights as they will run; of a checkpoint `auto` where none was asked for. */
  readonly dtype: string;
}

/**
 * Chooses the weights. A file is taken as it is. In a folder: safetensors, then a single GGUF file, then ONNX files in
 * `onnx/` or in the folder itself; a `dtype` other than fp32 is looked for among the ONNX files first.
 * @throws NextTokenError `unsupported-option` for a dtype that no file gives; `file-not-found` for a folder without a model
 */
export async function chooseFiles(location: ModelLocation, dtype: string): Promise<ChosenFiles> {
  return location.isFolder
    ? await chooseInFolder(location.path, dtype)
    : await chooseFile(location.path, dtype);
}

const isCheckpointDtype = (dtype: string): boolean =>
  dtype === 'auto' || (weightDtypes as readonly string[]).includes(dtype);

async function chooseFile(path: string, dtype: string): Promise<ChosenFiles> {
  const folder = dirname(path);
  const format = extname(path).slice(1).toLowerCase();
  if (format === 'onnx') {
    const own = onnxDtype(basename(path));
    if (dtype !== 'auto' && dtype !== own) throw unsupportedDtype(dtype, path, [own]);
    const up = basename(folder) === 'onnx' && !(await listFolder(folder)).includes('config.json');
    return { format, weights: path, folder: up ? dirname(folder) : folder, dtype: own };
  }
  if (format !== 'safetensors' && format !== 'gguf') {
    const message = `${path} is no model file: its name must end in .safetensors, .gguf or .onnx`;
    throw new NextTokenError('invalid-file', message, { path });
  }
  if (!isCheckpointDtype(dtype)) throw unsupportedDtype(dtype, path, weightDtypes);
  return { format, weights: path, folder, dtype };
}

async function chooseInFolder(folder: string, dtype: string): Promise<ChosenFiles> {
  const names = await listFolder(folder);
  const safetensors = names.includes('model.safetensors') || names.includes('model.safetensors.index.json');
  const ggufs = names.filter((name) => /\.gguf$/i.test(name)).sort();
  const onnx = await findOnnx(folder, names);
  const checkpoint = safetensors || ggufs.length > 0;
  if (!checkpoint && onnx.files.size === 0) {
    const message = `${folder} holds no model: no model.safetensors (or its index), no .gguf file, no onnx/model.onnx`;
    throw new NextTokenError('file-not-found', message, { path: folder });
  }
  const isReady = dtype !== 'auto' && dtype !== 'fp32' && onnx.files.has(dtype);
  if (checkpoint && isCheckpointDtype(dtype) && !isReady) {
    if (safetensors) return { format: 'safetensors', weights: folder, folder, dtype };
    if (ggufs.length > 1) {
      throw invalidParameter(
        'load',
        'name',
        folder,
        `one file of a folder with several: ${ggufs.join(', ')}`,
      );
    }
    return { format: 'gguf', weights: join(folder, ggufs[0] ?? ''), folder, dtype };
  }
  const wanted = dtype === 'auto' ? [...onnx.files.keys()][0] : dtype;
  const file = wanted === undefined ? undefined : onnx.files.get(wanted);
  if (wanted === undefined || file === undefined) {
    throw unsupportedDtype(dtype, folder, [
      ...new Set([...(checkpoint ? weightDtypes : []), ...onnx.files.keys()]),
    ]);
  }
  return { format: 'onnx', weights: join(onnx.folder, file), folder, dtype: wanted };
}

async function findOnnx(
  folder: string,
  names: readonly string[],
): Promise<{ folder: string; files: ReadonlyMap<string, string> }> {
  if (names.includes('onnx')) {
    const inner = join(folder, 'onnx');
    const files = onnxModelFiles(await listFolder(inner));
    if (files.size > 0) return { folder: inner, files };
  }
  return { folder, files: onnxModelFiles(names) };
}

async function listFolder(path: string): Promise<string[]> {
  return await readdir(path).catch((cause: Error) => {
    throw new NextTokenError(
      'file-not-found',
      `${path} cannot be listed: ${cause.message}`,
      { path },
      { cause },
    );
  });
}
