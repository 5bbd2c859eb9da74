import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeSettings } from './node-settings';

test('the defaults, and the variables of Hugging Face’s own tools', async () => {
  const none = { HF_TOKEN_PATH: '/nowhere' };
  expect(await nodeSettings({}, none)).toEqual({
    endpoint: 'https://huggingface.co',
    cacheFolder: join(homedir(), '.cache', 'huggingface', 'hub'),
    offline: false,
  });
  const all = {
    HF_ENDPOINT: 'http://mirror.test:8080//',
    HF_HOME: '/home/of/models',
    HF_TOKEN: 'hidden',
    HF_HUB_OFFLINE: 'TRUE',
  };
  expect(await nodeSettings({}, all)).toEqual({
    endpoint: 'http://mirror.test:8080',
    cacheFolder: join('/home/of/models', 'hub'),
    token: 'hidden',
    offline: true,
  });
  expect(await nodeSettings({}, { ...all, HF_HUB_CACHE: '/other' })).toMatchObject({ cacheFolder: '/other' });
  const base = { ...none, XDG_CACHE_HOME: '/cache' };
  expect((await nodeSettings({}, base)).cacheFolder).toBe(join('/cache', 'huggingface', 'hub'));
});

test.each(['0', 'off', '', 'no'])('HF_HUB_OFFLINE=%j is not offline', async (value) => {
  const env = { HF_HUB_OFFLINE: value, HF_TOKEN_PATH: '/nowhere' };
  expect((await nodeSettings({}, env)).offline).toBe(false);
});

test('the token that a login left, unless an option says otherwise; options win', async () => {
  const home = await mkdtemp(join(tmpdir(), 'nexttoken-home-'));
  await writeFile(join(home, 'token'), 'left\n');
  const env = { HF_HOME: home, HF_HUB_OFFLINE: '1' };
  expect((await nodeSettings({}, env)).token).toBe('left');
  expect(await nodeSettings({ token: '', offline: false, endpoint: 'https://x.test' }, env)).toEqual({
    endpoint: 'https://x.test',
    cacheFolder: join(home, 'hub'),
    offline: false,
  });
  await rm(home, { recursive: true });
});

test.each(['huggingface.co', 'ftp://x', 'https://', 'http:///x'])('%j is no endpoint', async (endpoint) => {
  await expect(nodeSettings({ endpoint }, {})).rejects.toMatchObject({ code: 'invalid-parameter' });
});
