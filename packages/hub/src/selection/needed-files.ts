import { invalidParameter, NextTokenError } from '@nexttoken/model';

/** The small files that describe a model; a repository has some of them. */
const descriptions = new Set([
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'chat_template.json',
  'chat_template.jinja',
]);

export type WeightsFormat = 'safetensors' | 'gguf' | 'onnx';

export interface WeightsChoice {
  /** Default: the first of safetensors, GGUF, ONNX that the repository has; `none` for a tokenizer alone. */
  readonly weights?: WeightsFormat | 'none';
  /** One weights file: its name, e.g. `model-Q4_K_M.gguf` or `onnx/model_q4.onnx`, or what picks it from all names. */
  readonly file?: string | ((paths: readonly string[]) => string);
}

const ending = (path: string): string => /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? '';

/**
 * The files of a repository that running it needs: descriptions and one kind of weights. Only safetensors, GGUF,
 * ONNX, JSON and chat templates are ever chosen, whatever else the repository holds.
 * @param paths all file names of the repository
 * @throws NextTokenError `file-not-found` when it has no such weights; `invalid-parameter` when several GGUF files
 *   wait for a choice, or for a file of another kind
 */
export function neededFiles(id: string, paths: readonly string[], choice: WeightsChoice = {}): string[] {
  const texts = paths.filter((path) => descriptions.has(path));
  const file = typeof choice.file === 'function' ? choice.file(paths) : choice.file;
  return choice.weights === 'none' ? texts : [...texts, ...weightsOf(id, paths, choice.weights, file)];
}

function weightsOf(
  id: string,
  paths: readonly string[],
  weights: WeightsFormat | undefined,
  file: string | undefined,
): readonly string[] {
  const missing = (what: string) =>
    new NextTokenError('file-not-found', `${id} has no ${what}`, { path: `${id}/${file ?? ''}`, name: id });
  if (file !== undefined) {
    if (!['.safetensors', '.gguf', '.onnx'].includes(ending(file))) {
      throw invalidParameter('hub', 'file', file, 'a .safetensors, .gguf or .onnx file');
    }
    if (!paths.includes(file)) throw missing(`file ${file}`);
    return [file, ...externalData(paths, file)];
  }
  const found: Readonly<Record<WeightsFormat, () => readonly string[]>> = {
    safetensors: () => safetensorsOf(paths),
    gguf: () => ggufOf(id, paths),
    onnx: () => onnxOf(paths),
  };
  for (const format of weights === undefined ? (Object.keys(found) as WeightsFormat[]) : [weights]) {
    const chosen = found[format]();
    if (chosen.length > 0) return chosen;
  }
  throw missing(`${weights ?? 'safetensors, GGUF or ONNX'} weights`);
}

function safetensorsOf(paths: readonly string[]): readonly string[] {
  if (paths.includes('model.safetensors')) return ['model.safetensors'];
  const index = 'model.safetensors.index.json';
  if (!paths.includes(index)) return [];
  return [index, ...paths.filter((path) => /^model-\d+-of-\d+\.safetensors$/.test(path))];
}

function ggufOf(id: string, paths: readonly string[]): readonly string[] {
  const files = paths.filter((path) => ending(path) === '.gguf');
  if (files.length > 1)
    throw invalidParameter('hub', 'file', undefined, `one of the GGUF files of ${id}: ${files.join(', ')}`);
  return files;
}

function onnxOf(paths: readonly string[]): readonly string[] {
  const file = ['onnx/model.onnx', 'model.onnx'].find((path) => paths.includes(path));
  return file === undefined ? [] : [file, ...externalData(paths, file)];
}

/** The files beside an ONNX graph that hold its weights: `model.onnx_data`, `model.onnx.data`, numbered or not. */
function externalData(paths: readonly string[], file: string): readonly string[] {
  if (ending(file) !== '.onnx') return [];
  return paths.filter((path) => path.startsWith(file) && /^[_.]data(_\d+)?$/.test(path.slice(file.length)));
}
