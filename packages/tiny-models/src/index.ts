/**
 * Two small language models of our own training, to look at and to learn from: `tales` continues
 * text, `tales-chat` answers. They know simple stories and a few facts, nothing else.
 *
 * @packageDocumentation
 */
import { models } from './models.generated.js';
import type { TinyModel, TinyModelFileName, TinyModelName } from './types.js';
import { urls } from './urls.js';

export type { TinyModel, TinyModelFile, TinyModelFileName, TinyModelName } from './types.js';

/** What there is to know about each model: sizes, licence, files with their SHA-256. */
export const tinyModels: Readonly<Record<TinyModelName, TinyModel>> = models;

/**
 * The address of one file of a model, to fetch in a browser or to read in Node.
 *
 * @param name - `tales` or `tales-chat`.
 * @param file - a file of the folder; `config.json` if left out.
 * @throws RangeError if there is no such model or file.
 */
export function tinyModelUrl(name: TinyModelName, file: TinyModelFileName = 'config.json'): URL {
  const url = Object.hasOwn(urls, name) && Object.hasOwn(urls[name], file) ? urls[name][file] : undefined;
  if (!url) throw new RangeError(`There is no file ${file} of a model ${name} in @nexttoken/tiny-models.`);
  return url;
}
