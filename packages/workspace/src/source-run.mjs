import { execPath } from 'node:process';
import { spawnAndWait } from './spawn.mjs';

/** Runs a TypeScript file of the workspace from source: no build comes before it. */
export function sourceRun(file, args = [], options = {}) {
  return spawnAndWait(
    execPath,
    ['--import', 'tsx', '--conditions=@nexttoken/source', file, ...args],
    options,
  );
}
