import { readFileSync } from 'node:fs';

/** The command's version. The path holds from `src/` and from the bundle in `dist/` alike. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}
