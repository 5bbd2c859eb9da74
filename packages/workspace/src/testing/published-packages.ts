import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** Names of the workspace's packages that it needs at run time. */
  readonly needs: readonly string[];
  /** Import specifiers that users may write, e.g. `@nexttoken/checkpoint/node`. */
  readonly entries: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, object>>;
}

/** Every package of the repository that is published. */
export function publishedPackages(): PublishedPackage[] {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return folders.flatMap((folder) => {
    let manifest: Manifest;
    try {
      manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    } catch {
      return []; // no package
    }
    const { name, version, exports = {}, dependencies = {} } = manifest;
    if (manifest.private) return [];
    const entries = Object.entries(exports)
      .filter(([, target]) => Object.keys(target).some((condition) => condition !== '@nexttoken/source'))
      .map(([entry]) => entry)
      .filter((entry) => !entry.includes('*') && !entry.endsWith('.json'))
      .map((entry) => name + entry.slice(1));
    const needs = Object.keys(dependencies).filter((other) => other.startsWith('@nexttoken/'));
    return [{ name, version, folder, needs, entries }];
  });
}
