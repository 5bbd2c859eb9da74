import { NextTokenError } from '@nexttoken/model';
import { folderOf } from '../platform/folder-of';
import type { RepositoryKind, RepositoryStore } from '../platform/repository-store';
import { openBrowserPart } from './browser-part';
import { findContents } from './find-contents';
import { noteUse } from './note-use';
import { openFile, openFolder } from './open-folder';
import { askStorage } from './storage-client';
import { whenFree } from './when-free';

/** What stands under a file's name in a snapshot: there are no links in the origin private file system. */
interface Link {
  readonly digest: string;
  readonly size: number;
}

/**
 * A repository in the origin private file system: `blobs` by checksum, `snapshots/COMMIT/NAME` (names encoded as in
 * URLs) that tell a checksum and a size, `refs/REVISION` that tell a commit.
 */
export function browserStore(cacheFolder: string, id: string, kind: RepositoryKind): RepositoryStore {
  const name = folderOf(id, kind);
  const base = [cacheFolder, name];
  const blobs = [...base, 'blobs'];
  const folder = base.join('/');
  const lockName = `nexttoken-hub:${folder}`;
  const snapshot = (commit: string) => [...base, 'snapshots', commit];

  async function blobOf(commit: string, path: string): Promise<File | undefined> {
    const link = await openFile(await openFolder(snapshot(commit)), encodeURIComponent(path));
    if (!link) return undefined;
    const { digest, size } = JSON.parse(await link.text()) as Link;
    const file = await openFile(await openFolder(blobs), digest);
    return file?.size === size ? file : undefined;
  }

  return {
    folder,
    exists: async () => (await openFolder(base)) !== undefined,
    snapshotFolder: (commit) => snapshot(commit).join('/'),
    async findSnapshot(revision) {
      const ref = await openFile(await openFolder([...base, 'refs']), encodeURIComponent(revision));
      const commit = ref ? (await ref.text()).trim() : revision;
      const links = /^[0-9a-f]{40}$/.test(commit) ? await openFolder(snapshot(commit)) : undefined;
      const paths: string[] = [];
      for await (const entry of links?.keys() ?? []) {
        if (entry.endsWith('.tmp')) continue;
        const path = decodeURIComponent(entry);
        if (await blobOf(commit, path)) paths.push(path);
      }
      return paths.length > 0 ? { commit, folder: snapshot(commit).join('/'), paths } : undefined;
    },
    async openFile(commit, path) {
      const file = await blobOf(commit, path);
      const place = `${snapshot(commit).join('/')}/${path}`;
      if (!file) throw new NextTokenError('file-not-found', `${place} is not in the cache`, { path: place });
      void noteUse(base);
      return file;
    },
    contents: () => findContents(base),
    digestOf: (digest, signal) =>
      askStorage(
        `${folder}/blobs/${digest}`,
        'digestFile',
        { folder: blobs, name: digest, kind: digest.length === 64 ? 'sha256' : 'git-blob' },
        signal && { signal },
      ),
    remove: async () =>
      navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
        if (lock) {
          const cache = await openFolder([cacheFolder]);
          await whenFree(async () => cache?.removeEntry(name, { recursive: true }));
        }
        return lock !== null;
      }),
    download: async (work, signal) =>
      navigator.locks.request(lockName, { mode: 'shared', ...(signal && { signal }) }, work),
    async holds({ checksum, size }) {
      return (await openFile(await openFolder(blobs), checksum.digest))?.size === size;
    },
    async inTurn(digest, isDone, work, signal) {
      if (await isDone()) return;
      await navigator.locks.request(`${lockName}/${digest}`, signal ? { signal } : {}, async () => {
        if (!(await isDone())) await work();
      });
    },
    openPart: (file) => openBrowserPart(blobs, file),
    async link(commit, { path, size, checksum }) {
      if (await blobOf(commit, path)) return;
      const text = JSON.stringify({ digest: checksum.digest, size } satisfies Link);
      const links = { folder: snapshot(commit), name: encodeURIComponent(path), text };
      await askStorage(`${folder}/${path}`, 'writeText', links);
    },
    async setRef(revision, commit) {
      const ref = { folder: [...base, 'refs'], name: encodeURIComponent(revision), text: commit };
      await askStorage(`${folder}/refs/${revision}`, 'writeText', ref);
    },
    // The storage worker's failures are typed already.
    failure: () => undefined,
  };
}
