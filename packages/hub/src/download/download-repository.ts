import { NextTokenError } from '@nexttoken/model';
import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettings } from '../platform/hub-settings';
import type { RepositoryKind, RepositoryStore } from '../platform/repository-store';
import { progressMeter } from '../progress/progress-meter';
import { progressReporter } from '../progress/progress-reporter';
import { downloadBlob } from '../transfer/download-blob';
import { checkRoom } from './check-room';
import { inTurn } from './in-turn';
import { checkModelId, checkRevision } from './model-id';
import { type Choose, planRepository } from './plan-repository';
import type { RepositoryOptions } from './repository-options';

export interface DownloadedRepository {
  readonly id: string;
  readonly commit: string;
  /** A folder with the files under their own names (browser: in the origin private file system). */
  readonly folder: string;
  /** The names of the chosen files. */
  readonly paths: readonly string[];
  /** Whether the hub was asked; offline, the cache answered alone. */
  readonly origin: 'hub' | 'cache';
}

/** Brings the chosen files of a repository into the cache; what the cache has is not fetched again. */
export async function downloadRepository(
  platform: HubPlatform,
  kind: RepositoryKind,
  id: string,
  choose: Choose,
  options: RepositoryOptions,
): Promise<DownloadedRepository> {
  checkModelId(id);
  const revision = checkRevision(options.revision ?? 'main');
  const settings = await platform.settings(options);
  options.signal?.throwIfAborted();
  const store = platform.store(settings.cacheFolder, id, kind);
  if (!settings.offline)
    return store.download(
      () => fromHub(platform, kind, id, choose, settings, store, options),
      options.signal,
    );
  const snapshot = await store.findSnapshot(revision);
  if (snapshot) {
    const { commit, folder } = snapshot;
    return { id, commit, folder, paths: choose(snapshot.paths), origin: 'cache' };
  }
  const message = `${id} (${revision}) is not in the cache ${settings.cacheFolder}, and no server is asked: offline`;
  throw new NextTokenError('offline', message, { name: id, path: store.folder });
}

async function fromHub(
  platform: HubPlatform,
  kind: RepositoryKind,
  id: string,
  choose: Choose,
  settings: HubSettings,
  store: RepositoryStore,
  options: RepositoryOptions,
): Promise<DownloadedRepository> {
  const { parallelFiles, connections } = { ...platform, ...options };
  const { signal, onProgress, revision = 'main' } = options;
  const plan = await planRepository(platform, kind, id, choose, settings, options);
  const { client, needed, commit } = plan;
  await checkRoom(platform, plan, store.folder);
  const meter = progressMeter(needed);
  const reporter = progressReporter(() => onProgress?.(meter.read()));
  const base = `${settings.endpoint}/${kind === 'dataset' ? 'datasets/' : ''}${id}/resolve/${commit}`;

  try {
    await inTurn(
      needed,
      parallelFiles,
      async (file, stop) => {
        await downloadBlob({
          client: { ...client, signal: stop },
          url: `${base}/${file.path.split('/').map(encodeURIComponent).join('/')}`,
          file,
          store,
          connections,
          onBytes(bytes, isOld) {
            meter.set(file.path, bytes, isOld);
            reporter.report();
          },
        });
        await store.link(commit, file);
      },
      signal,
    );
  } finally {
    reporter.stop();
  }
  if (revision !== commit) await store.setRef(revision, commit);
  onProgress?.(meter.read());
  const paths = needed.map(({ path }) => path);
  return { id, commit, folder: store.snapshotFolder(commit), paths, origin: 'hub' };
}
