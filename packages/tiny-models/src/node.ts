/**
 * The models as folders on disk, for Node.
 *
 * @packageDocumentation
 */
import { fileURLToPath } from 'node:url';

import { tinyModelUrl } from './index.js';
import type { TinyModelFileName, TinyModelName } from './types.js';

export type { TinyModelFileName, TinyModelName } from './types.js';

/**
 * The absolute path of a model's folder (without a slash at its end), or of one of its files.
 *
 * @param name - `tales` or `tales-chat`.
 * @param file - left out: the folder.
 * @throws RangeError if there is no such model or file.
 */
export function tinyModelPath(name: TinyModelName, file?: TinyModelFileName): string {
  const path = fileURLToPath(tinyModelUrl(name, file));
  return file === undefined ? path.slice(0, -'/config.json'.length) : path;
}
