import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';

const names: readonly string[] = Object.keys({
  device: 0,
  dtype: 0,
  offline: 0,
  signal: 0,
  onProgress: 0,
  cacheFolder: 0,
  cacheLimitBytes: 0,
  wasmPaths: 0,
} satisfies Record<keyof LoadOptions, 0>);

/** Refuses options that nobody would read and illegal limits. */
export function checkOptions(owner: string, options: LoadOptions): void {
  checkOptionNames(owner, options, names);
  const { cacheLimitBytes } = options;
  if (cacheLimitBytes !== undefined && !(cacheLimitBytes >= 0)) {
    throw invalidParameter(owner, 'cacheLimitBytes', cacheLimitBytes, 'a number of bytes >= 0');
  }
}
