import { openTokenizer } from '../config/open-tokenizer';
import type { LoadTokenizer } from '../load/load-types';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { locateBrowserModel } from './locate-browser-model';
import { readBrowserTexts } from './read-browser-texts';

/** The tokenizer (and the chat template) of what {@link load} takes, without its weights. */
export const loadTokenizer: LoadTokenizer = async (name, options = {}) => {
  checkBrowserOptions('loadTokenizer', options);
  checkOffline('loadTokenizer', options, name);
  options.signal?.throwIfAborted();
  const location = await locateBrowserModel(name, { ...options, isTokenizerOnly: true });
  return openTokenizer(await readBrowserTexts(location, options), location.href);
};
