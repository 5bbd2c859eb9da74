import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/**
 * How many cores there are, those that two processors share counted once; no more than the process may use. Known on
 * Linux only.
 *
 * The runtime chooses the same number of threads by itself, but ties each to a core. In Node other threads have to run, too,
 * and one that meets a tied, waiting thread on its core waits for it.
 */
export function physicalCores(): number | undefined {
  try {
    const siblings = cpus().map((_, cpu) =>
      readFileSync(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`, 'utf8'),
    );
    return Math.max(1, Math.min(new Set(siblings).size, availableParallelism()));
  } catch {
    return undefined;
  }
}
