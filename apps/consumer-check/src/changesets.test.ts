import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, root } from '@nexttoken/workspace/testing';
import { describe, expect, test } from 'vitest';

const folder = join(root, '.changeset');
const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** The packages that a changeset's head names, with their kinds of release. */
const releasesOf = (text: string) =>
  [...text.split('---')[1]!.matchAll(/^\s*['"](.+?)['"]:\s*(\w+)\s*$/gm)].map(([, name, kind]) => [
    name,
    kind,
  ]);

describe('changesets', () => {
  test('the head of one is read', () => {
    const text = "---\n'@nexttoken/model': minor\n\"@nexttoken/load\": patch\n---\n\n'x': major\n";
    expect(releasesOf(text)).toEqual([
      ['@nexttoken/model', 'minor'],
      ['@nexttoken/load', 'patch'],
    ]);
  });

  test('each names published packages alone, or `npm run release:version` refuses them all', () => {
    const names = publishedPackages().map(({ name }) => name);
    for (const file of files) {
      const releases = releasesOf(readFileSync(join(folder, file), 'utf8'));
      expect(releases.length, file).toBeGreaterThan(0);
      for (const [name, kind] of releases) {
        expect(names, file).toContain(name);
        expect(['patch', 'minor', 'major'], file).toContain(kind);
      }
    }
  });
});
