import { NextTokenError } from '@nexttoken/model';
import type { JsonFile } from '../config/json-file';
import type { BrowserLocation, OpenedFile } from './browser-location';
import type { FetchOptions } from './fetch-bytes';

/**
 * The external data of an ONNX graph (`model.onnx_data`, `model.onnx_data_1`, …): what is there where the names are known,
 * else as many files as config.json announces under `transformers.js_config.use_external_data_format`: a flag, a
 * number, or one of them by file name.
 */
export async function openExternalData(
  location: BrowserLocation,
  graph: string,
  config: JsonFile | undefined,
  options: FetchOptions,
): Promise<readonly OpenedFile[]> {
  const name = graph.split('/').at(-1) ?? '';
  const wanted =
    location.names?.filter((file) => file.startsWith(graph) && /^[_.]data/.test(file.slice(graph.length))) ??
    Array.from({ length: announced(name, config) }, (_, at) => `${graph}_data${at === 0 ? '' : `_${at}`}`);
  const files: OpenedFile[] = [];
  for (const file of wanted) {
    const opened = await location.open(file, options);
    const path = location.placeOf(file);
    if (!opened) throw new NextTokenError('file-not-found', `${path} does not exist`, { path });
    files.push(opened);
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
