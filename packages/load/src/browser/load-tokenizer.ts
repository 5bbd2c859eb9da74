import { openTokenizer } from '../config/open-tokenizer';
import type { LoadTokenizer } from '../load/load-types';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { locateUrl } from './locate-url';
import { readUrlTexts } from './read-url-texts';

/** The tokenizer (and the chat template) of what {@link load} takes, without its weights. */
export const loadTokenizer: LoadTokenizer = async (name, options = {}) => {
  checkBrowserOptions('loadTokenizer', options);
  options.signal?.throwIfAborted();
  const location = await locateUrl(name);
  checkOffline('loadTokenizer', options, location.origin);
  return openTokenizer(await readUrlTexts(location, options), location.href);
};
