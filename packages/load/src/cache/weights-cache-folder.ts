import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface CachePlace {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/**
 * The folder that holds cached weights: `weights` below `cacheFolder`, else below `NEXTTOKEN_CACHE`, else
 * below `nexttoken` in the platform's cache folder (`XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`,
 * `%LOCALAPPDATA%`). Nothing is created.
 */
export function weightsCacheFolder(cacheFolder?: string, place: CachePlace = {}): string {
  const { env = process.env, platform = process.platform, home = homedir() } = place;
  const chosen = cacheFolder ?? (env.NEXTTOKEN_CACHE || undefined);
  if (chosen !== undefined) return join(resolve(chosen), 'weights');
  return join(platformCacheFolder(env, platform, home), 'nexttoken', 'weights');
}

function platformCacheFolder(
  env: NonNullable<CachePlace['env']>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return env.XDG_CACHE_HOME || join(home, '.cache');
}
