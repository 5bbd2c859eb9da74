import { invalidParameter } from '@nexttoken/model';
import { onnxDtype, onnxFileEndings, onnxModelFiles } from '../source/onnx-files';
import { unsupportedDtype } from '../source/unsupported-dtype';
import type { BrowserLocation } from './browser-location';
import type { ChosenFiles } from './choose-browser-files';

/** A file that may hold the weights. */
export interface Candidate extends Pick<ChosenFiles, 'format' | 'dtype'> {
  readonly file: string;
}

/** The one that was named. */
export function fileCandidate(location: BrowserLocation, file: string, dtype: string): Candidate {
  const format = file.slice(file.lastIndexOf('.') + 1).toLowerCase() as ChosenFiles['format'];
  const own = format === 'onnx' ? onnxDtype(file) : 'fp32';
  if (dtype !== 'auto' && dtype !== own) throw unsupportedDtype(dtype, location.href, [own]);
  return { file, format, dtype: own };
}

const checkpoints: readonly Candidate[] = ['model.safetensors', 'model.safetensors.index.json'].map(
  (file) => ({ file, format: 'safetensors', dtype: 'fp32' }),
);

/** What a folder may hold, the preferred one first; of one whose names are known, what it does hold. */
export function folderCandidates(location: BrowserLocation, dtype: string): readonly Candidate[] {
  const { names } = location;
  const isPlain = dtype === 'auto' || dtype === 'fp32';
  if (names) return [...(isPlain ? knownCheckpoints(location, names) : []), ...knownOnnx(names, dtype)];
  const wanted = dtype === 'auto' ? 'fp32' : dtype;
  const endings = onnxFileEndings.get(wanted);
  if (!endings) throw unsupportedDtype(dtype, location.href, [...onnxFileEndings.keys()]);
  const onnx = endings.map(
    (ending): Candidate => ({ file: `onnx/model${ending}.onnx`, format: 'onnx', dtype: wanted }),
  );
  return isPlain ? [...checkpoints, ...onnx] : onnx;
}

function knownCheckpoints({ modelId }: BrowserLocation, names: readonly string[]): readonly Candidate[] {
  const safetensors = checkpoints.filter(({ file }) => names.includes(file));
  const ggufs = names.filter((name) => /\.gguf$/i.test(name));
  if (safetensors.length === 0 && ggufs.length > 1)
    throw invalidParameter('load', 'name', modelId, `a model with one GGUF file, not ${ggufs.join(', ')}`);
  return [...safetensors, ...ggufs.map((file): Candidate => ({ file, format: 'gguf', dtype: 'fp32' }))];
}

function knownOnnx(names: readonly string[], dtype: string): readonly Candidate[] {
  return ['onnx/', ''].flatMap((folder) => {
    const own = names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length));
    return [...onnxModelFiles(own)]
      .filter(([format]) => dtype === 'auto' || dtype === format)
      .map(([format, file]): Candidate => ({ file: `${folder}${file}`, format: 'onnx', dtype: format }));
  });
}
