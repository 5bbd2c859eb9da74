import { NextTokenError } from '@nexttoken/model';
import type { OpenCheckpoint } from '../load/load-types';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { chooseBrowserFiles } from './choose-browser-files';
import { locateBrowserModel } from './locate-browser-model';
import { readBrowserTexts } from './read-browser-texts';
import { readCheckpoint } from './read-checkpoint';

/**
 * The checkpoint of what {@link load} takes, without running it. The weights of a URL are fetched as a whole; those of files at
 * hand or kept by the browser stay where they are.
 */
export const openCheckpoint: OpenCheckpoint = async (model, options = {}) => {
  checkBrowserOptions('openCheckpoint', options);
  checkOffline('openCheckpoint', options, model);
  options.signal?.throwIfAborted();
  const location = await locateBrowserModel('openCheckpoint', model, options);
  const texts = await readBrowserTexts(location, options);
  const files = await chooseBrowserFiles(location, texts, options);
  const { href: path } = location;
  if (files.format === 'onnx')
    throw new NextTokenError('file-not-found', `${path} has no checkpoint (safetensors or GGUF)`, { path });
  return readCheckpoint(location, files, texts, options.signal);
};
