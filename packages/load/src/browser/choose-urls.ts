import { NextTokenError } from '@nexttoken/model';
import type { ModelTexts } from '../config/model-texts';
import type { LoadOptions } from '../load/load-types';
import { onnxDtype, onnxFileEndings } from '../source/onnx-files';
import { unsupportedDtype } from '../source/unsupported-dtype';
import { fetchOptional, fetchRequired } from './fetch-bytes';
import { type FetchedFile, fetchExternalData } from './fetch-external-data';
import type { UrlLocation } from './locate-url';

/** The weights, fetched. */
export interface ChosenUrls {
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  readonly weights: FetchedFile;
  /** Files that an ONNX graph refers to. */
  readonly externalData: readonly FetchedFile[];
  readonly dtype: string;
}

/**
 * Chooses and fetches the weights: the file that was named, else model.safetensors (in one file), else the ONNX file
 * of the `dtype` in `onnx/`.
 * @throws NextTokenError `unsupported-option` for a dtype that the named file has not; `file-not-found`
 */
export async function chooseUrls(
  location: UrlLocation,
  texts: ModelTexts,
  options: LoadOptions,
): Promise<ChosenUrls> {
  const { dtype = 'auto' } = options;
  const candidates =
    location.file === undefined
      ? folderCandidates(location, dtype)
      : [fileCandidate(location, location.file, dtype)];
  for (const { file, format, dtype: own } of candidates) {
    const url = location.urlOf(file);
    if (!url) continue;
    const bytes =
      location.file === undefined ? await fetchOptional(url, options) : await fetchRequired(url, options);
    if (!bytes) continue;
    const externalData = format === 'onnx' ? await fetchExternalData(url, texts.config, options) : [];
    return { format, weights: { url, bytes }, externalData, dtype: own };
  }
  const looked = candidates.map(({ file }) => file);
  const message = `${location.href} has no weights for dtype ${dtype}; looked for ${looked.join(', ')}`;
  throw new NextTokenError('file-not-found', message, { path: location.href, dtype, looked });
}

interface Candidate extends Pick<ChosenUrls, 'format' | 'dtype'> {
  readonly file: string;
}

function fileCandidate(location: UrlLocation, file: string, dtype: string): Candidate {
  const format = file.slice(file.lastIndexOf('.') + 1).toLowerCase() as ChosenUrls['format'];
  const own = format === 'onnx' ? onnxDtype(file) : 'fp32';
  if (dtype !== 'auto' && dtype !== own) throw unsupportedDtype(dtype, location.href, [own]);
  return { file, format, dtype: own };
}

function folderCandidates(location: UrlLocation, dtype: string): readonly Candidate[] {
  const wanted = dtype === 'auto' ? 'fp32' : dtype;
  const endings = onnxFileEndings.get(wanted);
  if (!endings) throw unsupportedDtype(dtype, location.href, [...onnxFileEndings.keys()]);
  const onnx = endings.map(
    (ending): Candidate => ({ file: `onnx/model${ending}.onnx`, format: 'onnx', dtype: wanted }),
  );
  return wanted === 'fp32'
    ? [{ file: 'model.safetensors', format: 'safetensors', dtype: 'fp32' }, ...onnx]
    : onnx;
}
