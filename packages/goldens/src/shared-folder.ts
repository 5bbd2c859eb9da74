import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** The folder beside the repository with weights and answers to compare with; `undefined` where it is absent. */
export const sharedFolder: string | undefined = existsSync(join(folder, 'goldens')) ? folder : undefined;

/** Whether tests that need it run; the reason is printed where they do not. */
export const hasShared = sharedFolder !== undefined;
if (!hasShared) console.info('skipped: there is no folder `shared` beside the repository');

/** A path in the shared folder; where that is absent, a path that does not exist. */
export function sharedPath(path: string): string {
  return join(folder, path);
}

export function readGolden<Content>(path: string): Content {
  return JSON.parse(readFileSync(sharedPath(join('goldens', path)), 'utf8')) as Content;
}
