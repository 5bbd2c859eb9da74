import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** One door of a published package: how users write it, and the source behind it. */
export interface Entry {
  readonly name: string;
  readonly file: string;
}

const source = '@nexttoken/source';

function fileOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  const conditions = Object.values((target ?? {}) as Record<string, unknown>);
  return typeof conditions[0] === 'string' ? conditions[0] : undefined;
}

/** Every door of every package that is published, found in the manifests. */
export function entries(): Entry[] {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const home = join(root, 'packages', folder);
    const {
      name,
      exports = {},
      private: hidden,
    } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    if (hidden) return [];
    return Object.entries(exports as Record<string, Record<string, unknown>>).flatMap(([door, target]) => {
      const file = fileOf(target[source]);
      const published = Object.keys(target).some((condition) => condition !== source);
      return file?.endsWith('.ts') && published
        ? [{ name: name + door.slice(1), file: join(home, file) }]
        : [];
    });
  });
}
