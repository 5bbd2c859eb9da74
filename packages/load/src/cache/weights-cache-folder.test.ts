import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weightsCacheFolder } from './weights-cache-folder';

describe('weightsCacheFolder', () => {
  const home = join('/', 'home', 'me');

  it('takes the option first, then NEXTTOKEN_CACHE', () => {
    const env = { NEXTTOKEN_CACHE: '/somewhere', XDG_CACHE_HOME: '/xdg' };
    expect(weightsCacheFolder('mine', { env })).toBe(join(resolve('mine'), 'weights'));
    expect(weightsCacheFolder(undefined, { env, platform: 'linux', home })).toBe(
      join(resolve('/somewhere'), 'weights'),
    );
  });

  it.each([
    ['linux', { XDG_CACHE_HOME: '/xdg' }, join('/xdg', 'nexttoken', 'weights')],
    ['linux', {}, join(home, '.cache', 'nexttoken', 'weights')],
    ['linux', { NEXTTOKEN_CACHE: '', XDG_CACHE_HOME: '' }, join(home, '.cache', 'nexttoken', 'weights')],
    ['darwin', {}, join(home, 'Library', 'Caches', 'nexttoken', 'weights')],
    ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'nexttoken', 'weights')],
    ['win32', {}, join(home, 'AppData', 'Local', 'nexttoken', 'weights')],
  ] as const)('knows the cache folder of %s with %o', (platform, env, expected) => {
    expect(weightsCacheFolder(undefined, { env, platform, home })).toBe(expected);
  });
});
