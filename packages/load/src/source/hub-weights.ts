import { weightDtypes } from '@nexttoken/onnx-export';
import { onnxFileEndings, onnxModelFiles } from './onnx-files';
import { unsupportedDtype } from './unsupported-dtype';

/** Which weights of a repository are wanted. */
export interface HubChoice {
  readonly weights?: 'safetensors' | 'gguf' | 'none';
  readonly file?: (paths: readonly string[]) => string;
}

const isOwnFormat = (dtype: string): boolean => (weightDtypes as readonly string[]).includes(dtype);

/**
 * What a dtype may mean: a ready-made ONNX file of that format, else, for formats that our own graphs have, the checkpoint that
 * one is made of. A checkpoint runs as float32 by itself.
 */
export function hubChoices(dtype: string): readonly HubChoice[] {
  if (dtype === 'auto' || dtype === 'fp32') return [{}];
  const ready: HubChoice = { file: (paths) => readyFile(paths, dtype) ?? '' };
  return isOwnFormat(dtype) ? [ready, { weights: 'safetensors' }, { weights: 'gguf' }] : [ready];
}

/** The file of a dtype among a repository's ONNX files. */
function readyFile(paths: readonly string[], dtype: string): string | undefined {
  for (const folder of ['onnx/', '']) {
    const names = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    const file = onnxModelFiles(names).get(dtype);
    if (file !== undefined) return `${folder}${file}`;
  }
  return undefined;
}

/** Thrown where a repository has no ready-made file of the dtype. */
class NoReadyFile extends Error {
  constructor(readonly paths: readonly string[]) {
    super('no ready-made file');
  }
}

/**
 * Downloads what a dtype means.
 * @throws NextTokenError `unsupported-option` where the repository has neither a file nor a checkpoint for it
 */
export async function downloadChosen<Found>(
  id: string,
  dtype: string,
  download: (choice: HubChoice) => Promise<Found>,
): Promise<Found> {
  if (dtype === 'auto' || dtype === 'fp32') return download({});
  const file = (paths: readonly string[]): string => {
    const found = readyFile(paths, dtype);
    if (found === undefined) throw new NoReadyFile(paths);
    return found;
  };
  try {
    return await download({ file });
  } catch (error) {
    if (!(error instanceof NoReadyFile)) throw error;
    return download(checkpointChoice(id, dtype, error.paths));
  }
}

/** The checkpoint of a repository, for a format that our own graphs have. */
function checkpointChoice(id: string, dtype: string, paths: readonly string[]): HubChoice {
  const weights = paths.some((path) => /^model\.safetensors(\.index\.json)?$/.test(path))
    ? 'safetensors'
    : paths.some((path) => /\.gguf$/i.test(path)) && 'gguf';
  if (weights && isOwnFormat(dtype)) return { weights };
  const ready = [...onnxFileEndings.keys()].filter((format) => readyFile(paths, format) !== undefined);
  throw unsupportedDtype(dtype, id, [...new Set([...(weights ? weightDtypes : []), ...ready])]);
}
