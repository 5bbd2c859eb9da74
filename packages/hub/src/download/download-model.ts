import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import { cacheLayout } from '../cache/cache-layout';
import { findSnapshot } from '../cache/find-snapshot';
import { linkFile } from '../cache/link-snapshot';
import { writeAtomically } from '../cache/write-atomically';
import { type HubSettings, type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { type HubClientOptions, hubClient } from '../http/hub-client';
import { listRepository } from '../listing/list-repository';
import { type DownloadProgress, progressMeter } from '../progress/progress-meter';
import { neededFiles, type WeightsChoice } from '../selection/needed-files';
import { downloadBlob } from '../transfer/download-blob';
import { inTurn } from './in-turn';
import { checkModelId, checkRevision } from './model-id';

type Patience = Pick<HubClientOptions, 'attempts' | 'shortestWait' | 'longestWait' | 'stallAfter'>;

export interface DownloadOptions extends HubSettingsOptions, WeightsChoice, Patience {
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

export interface DownloadedModel {
  readonly id: string;
  readonly commit: string;
  /** A folder with the files under their own names. */
  readonly folder: string;
  /** Whether the hub was asked; offline, the cache answered alone. */
  readonly origin: 'hub' | 'cache';
}

const optionNames = [
  ...[
    'endpoint',
    'cacheFolder',
    'token',
    'offline',
    'weights',
    'file',
    'attempts',
    'shortestWait',
    'longestWait',
  ],
  ...['stallAfter', 'revision', 'parallelFiles', 'connections', 'signal', 'onProgress'],
];

/**
 * Brings a model from the hub into the usual Hugging Face cache, which Python's tools share, and returns its folder.
 * Only the files that running it needs, each checked against the checksum the hub announced before it gets its
 * name; what is there already is not fetched again, what is half there is gone on with.
 *
 * @param id `organisation/name`
 * @throws NextTokenError `access-denied` (private, gated, no token), `model-not-found`, `request-failed` (after all
 *   tries), `offline` (not in the cache), `file-not-found` (no usable weights), `checksum-mismatch`, `unsafe-path`,
 *   `invalid-file` (the server contradicts itself), `cache-failed`, `invalid-parameter`; the signal's reason on abort
 */
export async function downloadModel(id: string, options: DownloadOptions = {}): Promise<DownloadedModel> {
  checkOptionNames('downloadModel', options, optionNames);
  checkModelId(id);
  const revision = checkRevision(options.revision ?? 'main');
  const settings = await hubSettings(options);
  options.signal?.throwIfAborted();
  if (settings.offline) return fromCache(id, revision, settings, options);
  return fromHub(id, revision, settings, options);
}

async function fromCache(
  id: string,
  revision: string,
  { cacheFolder }: HubSettings,
  options: DownloadOptions,
): Promise<DownloadedModel> {
  const layout = cacheLayout(cacheFolder, id);
  const snapshot = await findSnapshot(layout, revision);
  if (!snapshot) {
    const message = `${id} (${revision}) is not in the cache ${cacheFolder}, and no server is asked: offline`;
    throw new NextTokenError('offline', message, { name: id, path: layout.folder });
  }
  neededFiles(id, snapshot.paths, options);
  return { id, commit: snapshot.commit, folder: snapshot.folder, origin: 'cache' };
}

async function fromHub(
  id: string,
  revision: string,
  { endpoint, cacheFolder, token }: HubSettings,
  options: DownloadOptions,
): Promise<DownloadedModel> {
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
  const layout = cacheLayout(cacheFolder, id);
  const { commit, files } = await listRepository(client, endpoint, id, revision);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const needed = neededFiles(id, [...byPath.keys()], options).map((path) => byPath.get(path)!);
  const meter = progressMeter(needed);
  const report = reporter(onProgress, () => meter.read());
  const snapshot = layout.snapshot(commit);

  await inTurn(
    needed,
    parallelFiles,
    async (file, stop) => {
      const blob = await downloadBlob({
        client: { ...client, signal: stop },
        url: `${endpoint}/${id}/resolve/${commit}/${file.path.split('/').map(encodeURIComponent).join('/')}`,
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
  return { id, commit, folder: snapshot, origin: 'hub' };
}

function reporter(onProgress: DownloadOptions['onProgress'], read: () => DownloadProgress): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (!onProgress || now - last < 100) return;
    last = now;
    onProgress(read());
  };
}
