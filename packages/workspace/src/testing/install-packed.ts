import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../npm.mjs';
import { packPackages } from './pack-packages';
import { publishedPackages } from './published-packages';

/** A package and everything of the workspace that it needs. */
function withNeeds(names: readonly string[]): string[] {
  const needs = new Map(publishedPackages().map((entry) => [entry.name, entry.needs]));
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of needs.get(name) ?? []) add(other);
  };
  for (const name of names) add(name);
  return [...found];
}

/**
 * Makes a folder an empty project with packed packages, and what they need, in it.
 * @param names packages of the workspace
 * @param others further packages, of the registry
 */
export async function installPacked(
  folder: string,
  names: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  const tarballs = await packPackages();
  const manifest = { name: 'empty', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const chosen = withNeeds(names).map((name) => tarballs.get(name)!);
  await npm(['install', '--no-save', ...chosen, ...others], folder);
}
