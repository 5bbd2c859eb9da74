import { type ModelTexts, readModelTexts } from '../config/model-texts';
import { type FetchOptions, fetchOptional } from './fetch-bytes';
import type { UrlLocation } from './locate-url';

/** The small files beside the weights. A file in an `onnx/` folder belongs to the folder above. */
export function readUrlTexts(location: UrlLocation, options: FetchOptions): Promise<ModelTexts> {
  const up = /\/onnx\/[^/]+\.onnx$/i.test(location.href) ? '../' : '';
  return readModelTexts(async (file) => {
    const url = location.urlOf(up + file);
    const bytes = url && (await fetchOptional(url, options));
    return bytes && { path: url.href, text: new TextDecoder().decode(bytes) };
  });
}
