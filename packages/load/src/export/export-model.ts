import { resolve, sep } from 'node:path';
import { type Checkpoint, type WrittenDtype, writeSafetensors } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { type FolderDtype, folderDtypes, onnxFolder } from '@nexttoken/onnx-export';
import { chooseFiles } from '../source/choose-files';
import { locateModel } from '../source/locate-model';
import { readFolderTexts } from '../source/read-folder-texts';
import { type CompanionFiles, companionFiles } from './companion-files';
import type { ExportDtype, ExportedModel, ExportModelOptions } from './export-types';
import { type FileWriter, fileWriter } from './file-writer';
import { type NewFolder, newFolder } from './new-folder';

const optionNames = Object.keys({
  format: 0,
  dtype: 0,
  precision: 0,
  maxShardBytes: 0,
  overwrite: 0,
  offline: 0,
  signal: 0,
  onProgress: 0,
} satisfies Record<keyof ExportModelOptions, 0>);

const safetensorsDtypes: Readonly<
  Partial<Record<ExportDtype, readonly [dtype: WrittenDtype, name: string]>>
> = {
  fp32: ['F32', 'float32'],
  fp16: ['F16', 'float16'],
  bf16: ['BF16', 'bfloat16'],
};

/**
 * Writes a model as a folder that others load: as ONNX (graph, weights as external data, config.json, genai_config.json,
 * the tokenizer's files) for transformers.js and onnxruntime-genai, or as safetensors for everything of Hugging Face's.
 * The folder comes into being as a whole: an abort or an error leaves nothing behind.
 *
 * Memory: one tensor at a time. Cost: one pass over the weights, reading and writing.
 * @param name as of `load`: a folder, a GGUF or safetensors file, a hub id, an embedded model; its weights must be a
 * checkpoint's
 * @param folder where; it must not be there, or be empty, unless `overwrite`
 * @throws NextTokenError `already-exists`, `export-failed`, `invalid-parameter`, `unsupported-option`, and what `load`
 * throws of files; the signal's reason
 */
export async function exportModel(
  name: string,
  folder: string,
  options: ExportModelOptions = {},
): Promise<ExportedModel> {
  checkOptionNames('exportModel', options, optionNames);
  const { format = 'onnx', overwrite = false, signal } = options;
  const dtype = checkDtype(format, options);
  signal?.throwIfAborted();
  const location = await locateModel(name, {
    dtype: 'fp32',
    offline: options.offline,
    signal,
    onProgress: downloadProgress(options),
  });
  checkPlace(location.path, folder);
  const chosen = await chooseFiles(location, 'fp32');
  if (chosen.format === 'onnx') {
    const expected = 'a model stored as safetensors or GGUF: an ONNX graph is not exported again';
    throw invalidParameter('exportModel', 'name', name, expected);
  }
  const checkpoint = await openCheckpointPath(chosen.weights, signal ? { signal } : {});
  try {
    const companions = await companionFiles(checkpoint, await readFolderTexts(chosen.folder), chosen.folder);
    return await newFolder(folder, overwrite, async (target) => {
      const writer = fileWriter(target.path);
      const task = { checkpoint, companions, target, writer, options, dtype };
      try {
        const written = format === 'onnx' ? await writeOnnx(task) : await writeShards(task);
        return { folder: resolve(folder), format, dtype, missing: companions.missing, ...written };
      } finally {
        await writer.close();
      }
    });
  } finally {
    await checkpoint.close();
  }
}

/** The new folder must not take the place of what it is made from. */
function checkPlace(source: string, folder: string): void {
  const target = resolve(folder);
  if (source !== target && !source.startsWith(`${target}${sep}`)) return;
  throw invalidParameter('exportModel', 'folder', folder, `another folder than the model's, ${source}`);
}

interface Task {
  readonly checkpoint: Checkpoint;
  readonly companions: CompanionFiles;
  readonly target: NewFolder;
  readonly writer: FileWriter;
  readonly options: ExportModelOptions;
  readonly dtype: ExportDtype;
}

async function writeOnnx(task: Task): Promise<Pick<ExportedModel, 'files' | 'graph'>> {
  const { checkpoint, companions, target, writer, options, dtype } = task;
  const { layout, description, files, weights } = onnxFolder(checkpoint, {
    dtype: dtype as FolderDtype,
    config: companions.config,
    generationConfig: companions.generationConfig,
    ...(options.precision && { precision: options.precision }),
  });
  await target.checkRoom(weights.byteLength);
  await weights.write((chunk, offset) => writer.write(weights.path, chunk, offset), weightOptions(options));
  const small = await writeSmall(writer, [...files, ...companions.files]);
  return {
    files: [...small, { path: weights.path, bytes: weights.byteLength }],
    graph: { layout, ...description },
  };
}

async function writeShards(task: Task): Promise<Pick<ExportedModel, 'files'>> {
  const { checkpoint, companions, target, writer, options, dtype } = task;
  const [stored, name] = safetensorsDtypes[dtype]!;
  const numbers = [...checkpoint.tensors.values()].map(({ shape }) =>
    shape.reduce((product, size) => product * size, 1),
  );
  await target.checkRoom(numbers.reduce((sum, count) => sum + count, 0) * (stored === 'F32' ? 4 : 2));
  const { files, index } = await writeSafetensors(checkpoint, writer.write, {
    dtype: stored,
    ...(options.maxShardBytes !== undefined && { maxShardBytes: options.maxShardBytes }),
    ...weightOptions(options),
  });
  const { quantization_config: _, dtype: __, ...config } = companions.config;
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
  const small = await writeSmall(writer, [
    { path: 'config.json', content: json({ ...config, torch_dtype: name }) },
    ...(index ? [{ path: 'model.safetensors.index.json', content: json(index) }] : []),
    ...companions.files,
  ]);
  return { files: [...small, ...files.map(({ name: path, byteLength }) => ({ path, bytes: byteLength }))] };
}

async function writeSmall(
  writer: FileWriter,
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
): Promise<{ path: string; bytes: number }[]> {
  for (const { path, content } of files) await writer.write(path, content, 0);
  return files.map(({ path, content }) => ({ path, bytes: content.length }));
}

function checkDtype(format: string, { dtype }: ExportModelOptions): ExportDtype {
  if (format !== 'onnx' && format !== 'safetensors') {
    throw invalidParameter('exportModel', 'format', format, 'onnx, safetensors');
  }
  const known: readonly string[] = format === 'onnx' ? folderDtypes : Object.keys(safetensorsDtypes);
  const chosen = dtype ?? (format === 'onnx' ? 'fp32' : 'fp16');
  if (!known.includes(chosen)) {
    throw invalidParameter('exportModel', 'dtype', chosen, `for ${format} one of ${known.join(', ')}`);
  }
  return chosen;
}

function weightOptions({ signal, onProgress }: ExportModelOptions) {
  return {
    signal,
    onProgress: (progress: { readonly done: number; readonly total: number }) =>
      onProgress?.({ stage: 'weights', ...progress }),
  };
}

function downloadProgress({ onProgress }: ExportModelOptions) {
  return ({
    stage,
    done,
    total,
  }: {
    readonly stage: string;
    readonly done: number;
    readonly total: number;
  }) => {
    if (stage === 'download') onProgress?.({ stage: 'download', done, total });
  };
}
