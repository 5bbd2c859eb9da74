import { hostTag } from './cache-names';

const hour = 3_600_000;
const week = 7 * 24 * hour;

/**
 * Whether the process that made a file still uses it. On this machine its process id decides (a file older than
 * this very process is a left-over of an earlier one with the same id); on another machine its age does.
 * @param modified when the file was last written, in ms since the epoch
 */
export function ownerIsAlive(
  owner: { readonly host: string; readonly pid: number },
  modified: number,
  now: number = Date.now(),
): boolean {
  if (now - modified > week) return false;
  if (owner.host !== hostTag) return now - modified < hour;
  if (owner.pid === process.pid) return modified >= now - process.uptime() * 1000 - 1000;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
