import type { JsonFile } from '../config/json-file';
import { type FetchOptions, fetchRequired } from './fetch-bytes';

export interface FetchedFile {
  readonly url: URL;
  readonly bytes: Uint8Array;
}

/**
 * The external data of an ONNX graph (`model.onnx_data`, `model.onnx_data_1`, …), as many files as config.json announces
 * under `transformers.js_config.use_external_data_format`: a flag, a number, or one of them by file name.
 */
export async function fetchExternalData(
  graph: URL,
  config: JsonFile | undefined,
  options: FetchOptions,
): Promise<readonly FetchedFile[]> {
  const file = graph.pathname.split('/').at(-1) ?? '';
  const files: FetchedFile[] = [];
  for (let index = 0; index < announced(file, config); index++) {
    const url = new URL(`${file}_data${index === 0 ? '' : `_${index}`}`, graph);
    files.push({ url, bytes: await fetchRequired(url, options) });
  }
  return files;
}

function announced(file: string, config: JsonFile | undefined): number {
  const settings = config?.value['transformers.js_config'] as
    | { use_external_data_format?: unknown }
    | undefined;
  const format = settings?.use_external_data_format;
  const own =
    typeof format === 'object' && format !== null ? (format as Record<string, unknown>)[file] : format;
  return Number(own ?? 0) || 0;
}
