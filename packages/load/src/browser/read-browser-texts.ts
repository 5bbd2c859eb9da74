import { type ModelTexts, readModelTexts } from '../config/model-texts';
import { type BrowserLocation, bytesOf } from './browser-location';
import type { FetchOptions } from './fetch-bytes';

/** The small files beside the weights. A file in an `onnx/` folder belongs to the folder above. */
export function readBrowserTexts(location: BrowserLocation, options: FetchOptions): Promise<ModelTexts> {
  const up = /\/onnx\/[^/]+\.onnx$/i.test(location.href) ? '../' : '';
  return readModelTexts(async (file) => {
    const opened = await location.open(up + file, options);
    return opened && { path: opened.path, text: new TextDecoder().decode(await bytesOf(opened)) };
  });
}
