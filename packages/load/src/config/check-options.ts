import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { HubOptions, LoadOptions } from '../load/load-types';

const names: readonly string[] = Object.keys({
  device: 0,
  dtype: 0,
  precision: 0,
  attention: 0,
  longContext: 0,
  offline: 0,
  hub: 0,
  signal: 0,
  onProgress: 0,
  cacheFolder: 0,
  cacheLimitBytes: 0,
  wasmPaths: 0,
  onEvent: 0,
} satisfies Record<keyof LoadOptions, 0>);

const hubNames: readonly string[] = Object.keys({
  endpoint: 0,
  token: 0,
  revision: 0,
  cacheFolder: 0,
} satisfies Record<keyof HubOptions, 0>);

/** Refuses options that nobody would read and illegal limits. */
export function checkOptions(owner: string, options: LoadOptions): void {
  checkOptionNames(owner, options, names);
  if (options.hub !== undefined) checkOptionNames(`${owner}: hub`, options.hub, hubNames);
  const { cacheLimitBytes } = options;
  if (cacheLimitBytes !== undefined && !(cacheLimitBytes >= 0)) {
    throw invalidParameter(owner, 'cacheLimitBytes', cacheLimitBytes, 'a number of bytes >= 0');
  }
}
