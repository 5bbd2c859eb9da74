import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const heartbeat = 2_000;
/** A lock of another machine (a shared disk) counts as left behind after this long without a heartbeat. */
const abandonedAfter = 60_000;

/** Whether the owner of a lock file is gone: its process ended, or it has been silent for too long. */
export async function isAbandoned(path: string): Promise<boolean> {
  const [text, found] = await Promise.all([
    readFile(path, 'utf8').catch(() => ''),
    stat(path).catch(() => undefined),
  ]);
  if (!found) return false;
  if (Date.now() - found.mtimeMs > abandonedAfter) return true;
  const [host, pid] = text.split('\n');
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Moves a left-behind lock away; of several that try, the rename lets one succeed. */
async function breakLock(path: string): Promise<void> {
  const away = `${path}.${randomUUID()}`;
  await rename(path, away).then(
    () => rm(away, { force: true }),
    () => undefined,
  );
}

/**
 * Runs `work` while holding a lock file, so that of several processes one downloads and the others wait.
 * A process that was killed leaves its lock behind; the next one sees that and takes it.
 * @param isDone asked whenever the lock is waited for: true ends the waiting without running `work`
 */
export async function withBlobLock(
  path: string,
  isDone: () => Promise<boolean>,
  work: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    if (await isDone()) return;
    const handle = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (handle) {
      await handle.writeFile(`${hostname()}\n${process.pid}\n`).finally(() => handle.close());
      break;
    }
    if (await isAbandoned(path)) await breakLock(path);
    else await delay(200, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), heartbeat);
  beat.unref();
  try {
    if (!(await isDone())) await work();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}
