import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { DownloadOptions } from '../download/download-model';
import { type HubServer, type HubServerOptions, hubServer } from './hub-server';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export const id = 'some/model';

/** Bytes that look random and are the same every time. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed * 2654435761;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export const files = {
  'config.json': text({ model_type: 'llama' }),
  'tokenizer.json': text({ version: '1.0' }),
  'model.safetensors': noise(20_000),
  'pytorch_model.bin': noise(3000, 2),
  'README.md': text('no'),
};

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
      stallAfter: 300,
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
