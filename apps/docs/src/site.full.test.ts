import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, LinkState } from 'linkinator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from './build-site';

describe('the docs site', () => {
  let folder: string;
  let warnings: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-site-'));
    warnings = await buildSite(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is built without a warning: every link of a docstring leads somewhere', () => {
    expect(warnings).toEqual([]);
  });

  test('has no dead link inside', async () => {
    const { links } = await check({
      path: folder,
      recurse: true,
      checkFragments: true,
      linksToSkip: ['^(?!http://localhost)'],
    });
    const inside = links.filter(({ state }) => state !== LinkState.SKIPPED);
    expect(inside.length).toBeGreaterThan(500);
    const dead = inside.filter(({ state }) => state === LinkState.BROKEN);
    expect(dead.map(({ url, parent }) => `${url} (on ${parent})`)).toEqual([]);
  });
});
