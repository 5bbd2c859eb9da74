import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { expect, test } from 'vitest';
import { downloadModel } from '../index';
import { gitDigest, sha256 } from '../testing/hub-server';
import { mischief } from '../testing/mischief';
import { noise } from '../testing/noise';
import { seeded } from '../testing/seeded';
import { files, id } from '../testing/test-files';
import { filesBelow, testHub } from '../testing/test-hub';

test('200 seeded runs against a hostile server: the right bytes or a typed error, never a wrong file', async () => {
  const wanted = { ...files, 'model.safetensors': noise(9 << 20, 4) };
  const digests = new Set(Object.values(wanted).flatMap((bytes) => [sha256(bytes), gitDigest(bytes)]));
  const ends: Record<string, number> = {};
  for (let seed = 1; seed <= 200; seed++) {
    const draw = seeded(seed * 7919);
    const answer = mischief(draw);
    const { options, cache } = await testHub({
      files: wanted,
      misbehave: (...request) => (draw() < 0.35 ? answer(...request) : false),
    });
    const patience = { ...options, stallAfter: 60, longestWait: 4, attempts: 3 };
    const end = await downloadModel(id, patience).then(
      () => 'whole',
      (error: unknown) => {
        expect(error, `seed ${seed}`).toBeInstanceOf(NextTokenError);
        return (error as NextTokenError).code;
      },
    );
    ends[end] = (ends[end] ?? 0) + 1;
    for (const path of await filesBelow(cache)) {
      if (path.includes('nexttoken-part') || path.includes('/refs/')) continue;
      const bytes = await readFile(join(cache, path));
      expect(digests.has(sha256(bytes)), `seed ${seed}: ${path}`).toBe(true);
      if (path.includes('/blobs/')) expect([sha256(bytes), gitDigest(bytes)]).toContain(basename(path));
      else expect(bytes.equals(wanted[basename(path) as keyof typeof wanted])).toBe(true);
    }
  }
  console.info(`hostile server, 200 runs: ${JSON.stringify(ends)}`);
  expect(ends.whole).toBeGreaterThan(20);
  expect(Object.keys(ends).length).toBeGreaterThan(3);
}, 600_000);
