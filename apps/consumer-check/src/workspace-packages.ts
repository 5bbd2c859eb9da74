import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface WorkspacePackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** Import specifiers that users may write, e.g. `@nexttoken/checkpoint/node`. */
  readonly entries: readonly string[];
}

/** Every package that is published. */
export function publishedPackages(): WorkspacePackage[] {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return folders.flatMap((folder) => {
    let manifest: { name: string; version: string; private?: boolean; exports?: Record<string, unknown> };
    try {
      manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    } catch {
      return [];
    }
    if (manifest.private) return [];
    const entries = Object.entries(manifest.exports ?? {})
      .filter(([, target]) =>
        Object.keys(target as object).some((condition) => condition !== '@nexttoken/source'),
      )
      .map(([entry]) => entry)
      .filter((entry) => !entry.includes('*') && !entry.endsWith('.json'))
      .map((entry) => manifest.name + entry.slice(1));
    return [{ name: manifest.name, version: manifest.version, folder, entries }];
  });
}
