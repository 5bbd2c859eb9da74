import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const { repository, license } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** An entry of `exports` without the condition that names sources: they are not packed. */
function published(entry) {
  const { '@nexttoken/source': _, ...rest } = entry;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** What differs between a manifest of the repository and the one that users get. */
function beforePacking(manifest, folder) {
  const { devDependencies: _, scripts: __, exports: entries = {}, ...rest } = manifest;
  const exports = Object.fromEntries(
    Object.entries(entries)
      .map(([name, entry]) => [name, typeof entry === 'string' ? entry : published(entry)])
      .filter(([, entry]) => entry !== undefined),
  );
  return {
    ...rest,
    ...(Object.keys(exports).length > 0 && { exports }),
    license,
    repository: { ...repository, directory: relative(root, folder).replaceAll('\\', '/') },
    publishConfig: { access: 'public', provenance: true },
  };
}

export const hooks = { beforePacking };
