import { openAsBlob } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import type { RepositoryKind, RepositoryStore, StoredContent } from '../platform/repository-store';
import { bytesInJournal } from '../transfer/journal';
import { isAbandoned, withBlobLock } from './blob-lock';
import { cacheLayout } from './cache-layout';
import { fileDigest } from './file-digest';
import { findSnapshot } from './find-snapshot';
import { linkFile } from './link-snapshot';
import { journalEnding, openNodePart, partEnding } from './node-part';
import { writeAtomically } from './write-atomically';

const lockEnding = '.nexttoken-lock';
const isDigest = (name: string) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name);

/** A repository in the Hugging Face cache on disk. */
export function nodeStore(cacheFolder: string, id: string, kind: RepositoryKind): RepositoryStore {
  const layout = cacheLayout(cacheFolder, id, kind);
  const { folder, blobs } = layout;
  const blobOf = (digest: string) => join(blobs, digest);
  return {
    folder,
    exists: () => stat(folder).then(Boolean, () => false),
    snapshotFolder: layout.snapshot,
    findSnapshot: (revision) => findSnapshot(layout, revision),
    async openFile(commit, path) {
      const target = join(layout.snapshot(commit), ...path.split('/'));
      if ((await stat(target).catch(() => undefined))?.isFile()) return openAsBlob(target);
      throw new NextTokenError('file-not-found', `${target} is not in the cache`, { path: target });
    },
    async contents() {
      const names = await readdir(blobs).catch(() => []);
      const found = await Promise.all(names.map((name) => contentOf(join(blobs, name), name)));
      return found.filter((content) => content !== undefined);
    },
    digestOf: (digest, signal) =>
      fileDigest(blobOf(digest), digest.length === 64 ? 'sha256' : 'git-blob', signal),
    async remove() {
      for (const name of await readdir(blobs).catch(() => []))
        if (name.endsWith(lockEnding) && !(await isAbandoned(join(blobs, name)))) return false;
      const away = join(dirname(folder), `.removed-${process.pid}-${Date.now()}`);
      await rename(folder, away);
      await rm(away, { recursive: true, force: true });
      return true;
    },
    // Every content has a lock of its own.
    download: (work) => work(),
    holds: ({ checksum, size }) =>
      stat(blobOf(checksum.digest)).then(
        (found) => found.size === size,
        () => false,
      ),
    async inTurn(digest, isDone, work, signal) {
      await mkdir(blobs, { recursive: true });
      await withBlobLock(`${blobOf(digest)}${lockEnding}`, isDone, work, signal);
    },
    openPart: (file) => openNodePart(blobOf(file.checksum.digest), file),
    link: (commit, file) => linkFile(blobOf(file.checksum.digest), layout.snapshot(commit), file.path),
    setRef: (revision, commit) => writeAtomically(layout.ref(revision), commit),
    failure(error, file) {
      const { code } = error as NodeJS.ErrnoException;
      if (!['ENOSPC', 'EACCES', 'EROFS', 'EPERM', 'EDQUOT'].includes(code ?? '')) return undefined;
      const path = blobOf(file.checksum.digest);
      const details = { path, needed: file.size };
      return new NextTokenError('cache-failed', `${path} cannot be written: ${code}`, details, {
        cause: error,
      });
    },
  };
}

/** What a file among the blobs is; locks and journals are no contents. */
async function contentOf(path: string, name: string): Promise<StoredContent | undefined> {
  if (name.endsWith(lockEnding) || name.endsWith(journalEnding) || name.endsWith('.tmp')) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const common = { path, occupied: found.size, lastUsed: Math.max(found.atimeMs, found.mtimeMs) };
  if (isDigest(name)) return { ...common, name, isWhole: true, size: found.size };
  if (!name.endsWith(partEnding)) return { ...common, name, isWhole: false, size: found.size };
  const size = bytesInJournal(await readFile(`${path}.json`, 'utf8').catch(() => ''));
  return { ...common, name: name.slice(0, -partEnding.length), isWhole: false, size };
}
