import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type HubLookup = { readonly found: string } | { readonly lookedAt: string };

/** A hub id as people write it: `organisation/name`. */
export const hubIdPattern = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/** Where the Hugging Face tools keep what they downloaded: `HF_HUB_CACHE`, `HF_HOME/hub`, or their default. */
export function hubCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.HF_HUB_CACHE) return env.HF_HUB_CACHE;
  if (env.HF_HOME) return join(env.HF_HOME, 'hub');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface', 'hub');
}

/** The snapshot that `refs/main` names in the Hugging Face cache, or the place where it would be. */
export async function findInHubCache(id: string, folder: string = hubCacheFolder()): Promise<HubLookup> {
  const repository = join(folder, `models--${id.replace('/', '--')}`);
  const reference = join(repository, 'refs', 'main');
  const commit = await readFile(reference, 'utf8').catch(() => undefined);
  if (commit === undefined || !/^[0-9a-f]+$/i.test(commit.trim())) return { lookedAt: reference };
  const snapshot = join(repository, 'snapshots', commit.trim());
  const status = await stat(snapshot).catch(() => undefined);
  return status?.isDirectory() ? { found: snapshot } : { lookedAt: snapshot };
}
