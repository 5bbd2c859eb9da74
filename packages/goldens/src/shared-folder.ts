import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** Whether the folder beside the repository with weights and answers to compare with is there; where not, the reason is printed. */
export const hasShared = existsSync(join(folder, 'goldens'));
if (!hasShared) console.info('skipped: there is no folder `shared` beside the repository');

/** A path in the shared folder; where that is absent, a path that does not exist. */
export function sharedPath(path: string): string {
  return join(folder, path);
}

/** A text of the shared folder. */
export function readSharedText(path: string): string {
  return readFileSync(sharedPath(path), 'utf8');
}

/** A JSON file of the shared folder. */
export function readSharedJson<Content = unknown>(path: string): Content {
  return JSON.parse(readSharedText(path)) as Content;
}

/** A JSON file of `shared/goldens`. */
export function readGolden<Content>(path: string): Content {
  return readSharedJson<Content>(`goldens/${path}`);
}
