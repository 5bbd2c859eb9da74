import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { Patience } from '../http/hub-client';
import type { HubSettingsOptions } from '../platform/hub-settings';
import type { DownloadProgress } from '../progress/progress-meter';

export interface RepositoryOptions extends HubSettingsOptions, Patience {
  /** Branch, tag or commit; default `main`. */
  readonly revision?: string;
  /** Files at once; default 3, in browsers 2. */
  readonly parallelFiles?: number;
  /** Pieces that a large file is cut into, each with a connection; default 4, in browsers 2. */
  readonly connections?: number;
  /** Ends everything at once; what has come stays for the next call. */
  readonly signal?: AbortSignal;
  /** At most every 100 ms, and at the end. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const names: readonly string[] = Object.keys({
  endpoint: 0,
  cacheFolder: 0,
  token: 0,
  offline: 0,
  attempts: 0,
  shortestWait: 0,
  longestWait: 0,
  stallAfter: 0,
  revision: 0,
  parallelFiles: 0,
  connections: 0,
  signal: 0,
  onProgress: 0,
} satisfies Record<keyof RepositoryOptions, 0>);

const limits: readonly (readonly [keyof RepositoryOptions, least: number, expected: string])[] = [
  ['parallelFiles', 1, 'an integer from 1 on'],
  ['connections', 1, 'an integer from 1 on'],
  ['attempts', 1, 'an integer from 1 on'],
  ['shortestWait', 0, 'milliseconds from 0 on'],
  ['longestWait', 0, 'milliseconds from 0 on'],
  ['stallAfter', 1, 'milliseconds from 1 on'],
];

/** @throws NextTokenError `unsupported-option` for unknown names, `invalid-parameter` for numbers out of range */
export function checkRepositoryOptions(
  owner: string,
  options: RepositoryOptions,
  more: readonly string[],
): void {
  checkOptionNames(owner, options, [...names, ...more]);
  for (const [name, least, expected] of limits) {
    const value = options[name];
    if (value === undefined) continue;
    const isWhole = !expected.includes('integer') || Number.isInteger(value);
    if (typeof value !== 'number' || !(value >= least) || !isWhole)
      throw invalidParameter(owner, name, value, expected);
  }
}
