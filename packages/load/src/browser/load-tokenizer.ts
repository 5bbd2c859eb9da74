import type { JsonFile } from '../config/json-file';
import type { ModelTexts } from '../config/model-texts';
import { openTokenizer } from '../config/open-tokenizer';
import type { LoadTokenizer } from '../load/load-types';
import type { BrowserLocation } from './browser-location';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { chooseBrowserFiles } from './choose-browser-files';
import { locateBrowserModel } from './locate-browser-model';
import { readBrowserTexts } from './read-browser-texts';
import { readCheckpoint } from './read-checkpoint';

/**
 * The tokenizer (and the chat template) of what {@link load} takes, without its weights. Of a GGUF file at hand, or a kept one,
 * without a tokenizer.json beside it the header is read.
 */
export const loadTokenizer: LoadTokenizer = async (model, options = {}) => {
  checkBrowserOptions('loadTokenizer', options);
  checkOffline('loadTokenizer', options, model);
  options.signal?.throwIfAborted();
  const location = await locateBrowserModel('loadTokenizer', model, {
    ...options,
    isTokenizerOnly: true,
  });
  const texts = await readBrowserTexts(location, options);
  const gguf = texts.tokenizer ? undefined : await ggufMetadata(location, texts, options.signal);
  return openTokenizer(texts, location.href, gguf);
};

/** Only where nothing has to be fetched for it. */
async function ggufMetadata(
  location: BrowserLocation,
  texts: ModelTexts,
  signal: AbortSignal | undefined,
): Promise<JsonFile | undefined> {
  if (!location.names?.some((name) => /\.gguf$/i.test(name))) return undefined;
  const files = await chooseBrowserFiles(location, texts, { signal });
  if (files.format !== 'gguf') return undefined;
  const checkpoint = await readCheckpoint(location, files, texts, signal);
  await checkpoint.close();
  return { path: checkpoint.name, value: checkpoint.metadata };
}
