import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const conditions = new Set(['browser', 'import', 'module', 'default']);

/** The file that a browser takes for an entry of `exports`. */
function target(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (Array.isArray(entry)) return target(entry[0]);
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const [condition, inner] of Object.entries(entry)) {
    const found = conditions.has(condition) ? target(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The import map of a project: every entry of every package in its `node_modules`, as browsers would take it. */
export function importMap(folder: string): Record<string, string> {
  const home = join(folder, 'node_modules');
  const names = readdirSync(home).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(home, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const imports: Record<string, string> = {};
  for (const name of names) {
    const path = join(home, name, 'package.json');
    if (!existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    const entries: Record<string, unknown> =
      typeof manifest.exports === 'object' && '.' in manifest.exports
        ? manifest.exports
        : { '.': manifest.exports ?? manifest.module ?? manifest.main };
    for (const [entry, value] of Object.entries(entries)) {
      const file = target(value);
      if (file && !entry.includes('*'))
        imports[name + entry.slice(1)] = `/node_modules/${name}/${file.replace(/^\.\//, '')}`;
    }
  }
  return imports;
}
