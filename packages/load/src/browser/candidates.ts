import { invalidParameter } from '@nexttoken/model';
import { weightDtypes } from '@nexttoken/onnx-export';
import { onnxDtype, onnxFileEndings, onnxModelFiles } from '../source/onnx-files';
import { unsupportedDtype } from '../source/unsupported-dtype';
import type { BrowserLocation } from './browser-location';
import type { ChosenFiles } from './choose-browser-files';

/** A file that may hold the weights. */
export interface Candidate extends Pick<ChosenFiles, 'format' | 'dtype'> {
  readonly file: string;
}

const isCheckpointDtype = (dtype: string): boolean =>
  dtype === 'auto' || (weightDtypes as readonly string[]).includes(dtype);

/** The one that was named. */
export function fileCandidate(location: BrowserLocation, file: string, dtype: string): Candidate {
  const format = file.slice(file.lastIndexOf('.') + 1).toLowerCase() as ChosenFiles['format'];
  if (format !== 'onnx') {
    if (!isCheckpointDtype(dtype)) throw unsupportedDtype(dtype, location.href, weightDtypes);
    return { file, format, dtype: checkpointDtype(dtype) };
  }
  const own = onnxDtype(file);
  if (dtype !== 'auto' && dtype !== own) throw unsupportedDtype(dtype, location.href, [own]);
  return { file, format, dtype: own };
}

/** WebAssembly and GPUs are quickest, and exact, with float32. */
const checkpointDtype = (dtype: string): string => (dtype === 'auto' ? 'fp32' : dtype);

const checkpoints = (dtype: string): readonly Candidate[] =>
  ['model.safetensors', 'model.safetensors.index.json'].map((file) => ({
    file,
    format: 'safetensors',
    dtype: checkpointDtype(dtype),
  }));

/**
 * What a folder may hold, the preferred one first; of one whose names are known, what it does hold. A checkpoint goes
 * before ready-made files as float32, behind that of another dtype.
 */
export function folderCandidates(location: BrowserLocation, dtype: string): readonly Candidate[] {
  const { names } = location;
  const own = isCheckpointDtype(dtype)
    ? names
      ? knownCheckpoints(location, names, dtype)
      : checkpoints(dtype)
    : [];
  const ready = names ? knownOnnx(names, dtype) : onnxCandidates(checkpointDtype(dtype));
  if (own.length + ready.length === 0 && (!names || !isCheckpointDtype(dtype)))
    throw unsupportedDtype(dtype, location.href, [...new Set([...weightDtypes, ...onnxFileEndings.keys()])]);
  return dtype === 'auto' || dtype === 'fp32' ? [...own, ...ready] : [...ready, ...own];
}

function onnxCandidates(dtype: string): readonly Candidate[] {
  const endings = onnxFileEndings.get(dtype) ?? [];
  return endings.map((ending) => ({ file: `onnx/model${ending}.onnx`, format: 'onnx', dtype }));
}

function knownCheckpoints(
  { modelId }: BrowserLocation,
  names: readonly string[],
  dtype: string,
): readonly Candidate[] {
  const safetensors = checkpoints(dtype).filter(({ file }) => names.includes(file));
  const ggufs = names.filter((name) => /\.gguf$/i.test(name));
  if (safetensors.length === 0 && ggufs.length > 1)
    throw invalidParameter('load', 'name', modelId, `a model with one GGUF file, not ${ggufs.join(', ')}`);
  return [
    ...safetensors,
    ...ggufs.map((file): Candidate => ({ file, format: 'gguf', dtype: checkpointDtype(dtype) })),
  ];
}

function knownOnnx(names: readonly string[], dtype: string): readonly Candidate[] {
  return ['onnx/', ''].flatMap((folder) => {
    const own = names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length));
    return [...onnxModelFiles(own)]
      .filter(([format]) => dtype === 'auto' || dtype === format)
      .map(([format, file]): Candidate => ({ file: `${folder}${file}`, format: 'onnx', dtype: format }));
  });
}
