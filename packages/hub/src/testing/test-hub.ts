import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { DownloadOptions } from '../download/bring-model';
import { type HubServer, type HubServerOptions, hubServer } from './hub-server';
import { files, id } from './test-files';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with some files, and options for an empty cache of its own; both vanish after the test. */
export async function testHub(
  options: Partial<HubServerOptions> = {},
): Promise<{ hub: HubServer; options: DownloadOptions; cache: string }> {
  const hub = await hubServer({ id, files, ...options });
  const cache = await mkdtemp(join(tmpdir(), 'nexttoken-hub-'));
  closing.push(
    () => hub.close(),
    () => rm(cache, { recursive: true, force: true }),
  );
  return {
    hub,
    cache,
    options: {
      endpoint: hub.endpoint,
      cacheFolder: cache,
      token: '',
      shortestWait: 1,
      longestWait: 20,
      stallAfter: 5_000,
    },
  };
}

/** All files below a folder, links followed by name only. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
