import { NextTokenError } from '@nexttoken/model';
import { cacheLayout, type RepositoryKind } from '../cache/cache-layout';
import { findSnapshot } from '../cache/find-snapshot';
import { linkFile } from '../cache/link-snapshot';
import { writeAtomically } from '../cache/write-atomically';
import { type HubSettings, type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { type HubClientOptions, hubClient } from '../http/hub-client';
import { listRepository } from '../listing/list-repository';
import { type DownloadProgress, progressMeter } from '../progress/progress-meter';
import { downloadBlob } from '../transfer/download-blob';
import { inTurn } from './in-turn';
import { checkModelId, checkRevision } from './model-id';

type Patience = Pick<HubClientOptions, 'attempts' | 'shortestWait' | 'longestWait' | 'stallAfter'>;

export interface RepositoryOptions extends HubSettingsOptions, Patience {
  /** Branch, tag or commit; default `main`. */
  readonly revision?: string;
  /** Files at once; default 3. A large file is cut into `connections` pieces, default 4. */
  readonly parallelFiles?: number;
  readonly connections?: number;
  /** Ends everything at once; what has come stays for the next call. */
  readonly signal?: AbortSignal;
  /** At most every 100 ms, and at the end. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Names of {@link RepositoryOptions}. */
export const repositoryOptionNames: readonly string[] = [
  ...['endpoint', 'cacheFolder', 'token', 'offline', 'attempts', 'shortestWait', 'longestWait', 'stallAfter'],
  ...['revision', 'parallelFiles', 'connections', 'signal', 'onProgress'],
];

export interface DownloadedRepository {
  readonly id: string;
  readonly commit: string;
  /** A folder with the files under their own names. */
  readonly folder: string;
  /** The names of the chosen files. */
  readonly paths: readonly string[];
  /** Whether the hub was asked; offline, the cache answered alone. */
  readonly origin: 'hub' | 'cache';
}

/** Picks the files that are wanted from all names; throws where there are none. */
type Choose = (paths: readonly string[]) => readonly string[];

/** Brings the chosen files of a repository into the cache; what the cache has is not fetched again. */
export async function downloadRepository(
  kind: RepositoryKind,
  id: string,
  choose: Choose,
  options: RepositoryOptions,
): Promise<DownloadedRepository> {
  checkModelId(id);
  const revision = checkRevision(options.revision ?? 'main');
  const settings = await hubSettings(options);
  options.signal?.throwIfAborted();
  if (!settings.offline) return fromHub(kind, id, revision, choose, settings, options);
  const layout = cacheLayout(settings.cacheFolder, id, kind);
  const snapshot = await findSnapshot(layout, revision);
  if (snapshot) {
    const { commit, folder } = snapshot;
    return { id, commit, folder, paths: choose(snapshot.paths), origin: 'cache' };
  }
  const message = `${id} (${revision}) is not in the cache ${settings.cacheFolder}, and no server is asked: offline`;
  throw new NextTokenError('offline', message, { name: id, path: layout.folder });
}

async function fromHub(
  kind: RepositoryKind,
  id: string,
  revision: string,
  choose: Choose,
  { endpoint, cacheFolder, token }: HubSettings,
  options: RepositoryOptions,
): Promise<DownloadedRepository> {
  const { parallelFiles = 3, connections = 4, signal, onProgress } = options;
  const client = hubClient({
    endpoint,
    ...(token !== undefined && { token }),
    ...(signal && { signal }),
    ...(options.attempts !== undefined && { attempts: options.attempts }),
    ...(options.shortestWait !== undefined && { shortestWait: options.shortestWait }),
    ...(options.longestWait !== undefined && { longestWait: options.longestWait }),
    ...(options.stallAfter !== undefined && { stallAfter: options.stallAfter }),
  });
  const layout = cacheLayout(cacheFolder, id, kind);
  const { commit, files } = await listRepository(client, endpoint, kind, id, revision);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const paths = choose([...byPath.keys()]);
  const needed = paths.map((path) => byPath.get(path)!);
  const meter = progressMeter(needed);
  const report = reporter(onProgress, () => meter.read());
  const snapshot = layout.snapshot(commit);
  const base = `${endpoint}/${kind === 'dataset' ? 'datasets/' : ''}${id}/resolve/${commit}`;

  await inTurn(
    needed,
    parallelFiles,
    async (file, stop) => {
      const blob = await downloadBlob({
        client: { ...client, signal: stop },
        url: `${base}/${file.path.split('/').map(encodeURIComponent).join('/')}`,
        file,
        blobs: layout.blobs,
        connections,
        onBytes(bytes, isOld) {
          meter.set(file.path, bytes, isOld);
          report();
        },
      });
      await linkFile(blob, snapshot, file.path);
    },
    signal,
  );
  if (revision !== commit) await writeAtomically(layout.ref(revision), commit);
  onProgress?.(meter.read());
  return { id, commit, folder: snapshot, paths, origin: 'hub' };
}

function reporter(onProgress: RepositoryOptions['onProgress'], read: () => DownloadProgress): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (!onProgress || now - last < 100) return;
    last = now;
    onProgress(read());
  };
}
