import { NextTokenError } from '@nexttoken/model';
import type { TinyModelFileName } from '@nexttoken/tiny-models';
import { importBackend } from '../backend/import-backend';
import type { ModelFiles } from '../load/load-types';
import { type EmbeddedName, embeddedNames, isEmbeddedName } from '../source/embedded-names';
import type { HubRequest } from '../source/hub-model';
import type { BrowserLocation } from './browser-location';
import { filesAtHand } from './files-at-hand';
import { filesBehind, isUrl, locateUrl } from './locate-url';

/**
 * What files or a name stand for in a browser, names in this order: an embedded model; an absolute URL, or a path that starts with
 * `/`, `./` or `../`; a hub id, from this browser's cache or downloaded into it.
 * @throws NextTokenError `model-not-found` for anything else; what the hub's download throws
 */
export async function locateBrowserModel(
  owner: string,
  name: string | ModelFiles,
  request: HubRequest,
): Promise<BrowserLocation> {
  if (typeof name !== 'string') return filesAtHand(owner, name);
  if (isEmbeddedName(name)) return locateEmbedded(name);
  if (isUrl(name)) return locateUrl(name);
  const lookedAt = [`the embedded models (${embeddedNames.join(', ')})`];
  if (/^[^/]+\/[^/]+$/.test(name)) {
    const { isHubId, locateOnHub } = await import('../source/hub-model');
    if (isHubId(name)) {
      const { keptFiles } = await import('./kept-files');
      return keptFiles(await locateOnHub(name, request, lookedAt), request);
    }
  }
  const message = `${JSON.stringify(name)} is neither an embedded model (${embeddedNames.join(', ')}) nor a URL nor a hub id (organisation/name)`;
  throw new NextTokenError('model-not-found', message, { name, lookedAt });
}

async function locateEmbedded(name: EmbeddedName): Promise<BrowserLocation> {
  const { tinyModels, tinyModelUrl } = await importBackend(
    () => import('@nexttoken/tiny-models'),
    ['@nexttoken/tiny-models'],
  );
  const { files } = tinyModels[name];
  const urlOf = (file: string): URL | undefined =>
    Object.hasOwn(files, file) ? tinyModelUrl(name, file as TinyModelFileName) : undefined;
  return { ...filesBehind('embedded', urlOf), modelId: name, href: name };
}
