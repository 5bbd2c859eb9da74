import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Project } from './project';

/** Licences that a package under MIT may depend on without further duties for its users. */
const accepted =
  /^(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|Unlicense|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0)$/;

function installed(home: string): string[] {
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(home, name)).map((inner) => join(home, name, inner))
        : [join(home, name)],
    )
    .flatMap((folder) => [folder, ...installed(join(folder, 'node_modules'))]);
}

/** Every dependency that comes along has a licence that we and our users may live with. */
export function checkLicenses(project: () => Project): void {
  test('every package that is installed along has an accepted licence', () => {
    const others: string[] = [];
    const folders = installed(join(project().folder, 'node_modules'));
    expect(folders.length).toBeGreaterThan(20);
    for (const folder of folders) {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const choices = String(license?.type ?? license ?? 'none')
        .replace(/[()]/g, '')
        .split(' OR ');
      const fine = choices.some((choice) => choice.split(' AND ').every((part) => accepted.test(part)));
      if (!fine) others.push(`${name}@${version}: ${choices.join(' OR ')}`);
    }
    expect(others).toEqual([]);
  });
}
