import { openCachedFile } from '@nexttoken/hub';
import type { HubModel, HubRequest } from '../source/hub-model';
import type { BrowserLocation } from './browser-location';

/** The files of a hub model that this browser keeps. */
export function keptFiles(model: HubModel, { hub = {} }: HubRequest): BrowserLocation {
  const { origin, modelId, commit, path: folder, paths } = model;
  const placeOf = (file: string) => `${folder}/${file}`;
  return {
    origin,
    modelId,
    href: folder,
    names: paths,
    placeOf,
    async open(file) {
      if (!paths.includes(file)) return undefined;
      const content = await openCachedFile(modelId, file, { ...hub, revision: commit });
      return { path: placeOf(file), content };
    },
  };
}
