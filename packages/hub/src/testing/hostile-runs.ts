import { expect } from 'vitest';
import { hubBrowser } from './hub-page';
import { gitDigest, hubServer, sha256 } from './hub-server';
import { mischief } from './mischief';
import { noise } from './noise';
import { seeded } from './seeded';
import { files, id } from './test-files';

/** Downloads in a page from servers that misbehave, checks what the page stored. @returns how the runs ended */
export async function hostileRuns(executablePath: string, count: number): Promise<Record<string, number>> {
  const wanted = { ...files, 'model.safetensors': noise(9 << 20, 4) };
  const digests = new Set(Object.values(wanted).flatMap((bytes) => [sha256(bytes), gitDigest(bytes)]));
  const browser = await hubBrowser(executablePath);
  const ends: Record<string, number> = {};
  try {
    const tab = await browser.openPage();
    for (let seed = 1; seed <= count; seed++) {
      const draw = seeded(seed * 7919);
      const answer = mischief(draw);
      const hub = await hubServer({
        id,
        files: wanted,
        misbehave: (...request) => (draw() < 0.35 ? answer(...request) : false),
      });
      const cacheFolder = `run-${seed}`;
      const patience = { shortestWait: 1, longestWait: 4, stallAfter: 120, attempts: 3 };
      const end = await tab.download({ endpoint: hub.endpoint, cacheFolder, ...patience });
      hub.close();
      const kind = 'value' in end ? 'whole' : end.code!;
      expect(kind, `seed ${seed}: ${end.name} ${end.message}`).toBeTypeOf('string');
      ends[kind] = (ends[kind] ?? 0) + 1;
      const blobs = (await tab.stored(cacheFolder)).filter(
        ({ path }) => path.includes('/blobs/') && !path.endsWith('.part'),
      );
      if (kind === 'whole') expect(blobs).toHaveLength(3);
      for (const blob of blobs) {
        expect(blob.digests, `seed ${seed}`).toContain(blob.path.split('/').at(-1));
        expect(digests.has(blob.digests[0]!), `seed ${seed}`).toBe(true);
      }
      await tab.page.evaluate(
        async (name) =>
          (await navigator.storage.getDirectory())
            .removeEntry(name, { recursive: true })
            .catch((error: Error) => {
              // The listing alone failed: nothing was stored.
              if (error.name !== 'NotFoundError') throw error;
            }),
        cacheFolder,
      );
    }
  } finally {
    await browser.close();
  }
  return ends;
}
