import { NextTokenError } from '@nexttoken/model';
import { checkOptions } from '../config/check-options';
import type { LoadOptions, ModelFiles } from '../load/load-types';
import { isUrl } from './locate-url';

/** Refuses what a browser cannot honour. @throws NextTokenError `unsupported-option` that names the option */
export function checkBrowserOptions(owner: string, options: LoadOptions): void {
  checkOptions(owner, options);
  for (const option of ['cacheFolder', 'cacheLimitBytes'] as const) {
    if (options[option] !== undefined)
      throw unsupported(owner, option, 'there is no weights cache in a browser');
  }
}

/** `offline` can be promised for models that come with the page, are kept by the browser, or are files at hand. */
export function checkOffline(owner: string, options: LoadOptions, model: string | ModelFiles): void {
  if (options.offline && typeof model === 'string' && isUrl(model))
    throw unsupported(owner, 'offline', 'a URL has to be fetched');
}

function unsupported(owner: string, option: string, why: string): NextTokenError {
  return new NextTokenError('unsupported-option', `${owner}: ${option}: ${why}`, { option });
}
