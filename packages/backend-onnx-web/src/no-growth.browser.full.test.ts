import { hasShared } from '@nexttoken/goldens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countHeld, type Held, prepareToCount } from './testing/count-growth';
import { exportShared } from './testing/export-shared';
import { findBrowser } from './testing/find-browser';
import { openBrowser } from './testing/open-browser';
import { servePage } from './testing/serve-page';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');

const megabytes = (bytes: number) => bytes / 1e6;

/** What may come and go by itself: garbage that was not collected yet, and the browser's own pools, in MB. */
const noise = 80;

describe.skipIf(!executablePath || !hasShared)(
  'in a page, 1,000 steps, 50 forks and 50 aborted generations leave nothing',
  () => {
    let browser: Browser;
    let page: Page;
    const ends: (() => Promise<unknown>)[] = [];

    beforeAll(async () => {
      const files = new Map(await exportShared('one-layer', 'goldens/models/tiny-random-llama', 1));
      browser = await openBrowser(executablePath!, { webgpu: true, collects: true });
      ends.push(() => browser.close());
      const { url, server } = await servePage(files, { isolated: false });
      ends.push(() => server.close());
      page = await browser.newPage();
      await prepareToCount(page);
      await page.goto(url);
      await page.waitForFunction(() => 'backendPage' in globalThis);
    });
    afterAll(async () => {
      for (const end of ends.reverse()) await end();
    });

    /** One round of everything; lengths stay below the context of 128. */
    const round = (handle: number, steps: number, branches: number) =>
      page.evaluate(
        async (given) => {
          const { model } = backendPage.kept.get(given.handle)!;
          const session = await model.createSession();
          await session.forward([[1, 2, 3]]);
          for (let step = 0; step < given.steps; step++) {
            if (session.lengths[0]! >= 100) await session.truncate([3]);
            await session.forward([[step % 300]]);
          }
          await session.truncate([3]);
          for (let branch = 0; branch < given.branches; branch++) {
            const fork = await session.fork();
            await fork.forward([[branch]]);
            await fork.dispose();
          }
          const text = Array.from({ length: 120 }, (_, i) => i);
          let aborted = 0;
          // The worker may have read everything before it hears of an abort: that one does not count.
          for (let attempt = 0; aborted < given.branches && attempt < 3 * given.branches; attempt++) {
            const controller = new AbortController();
            const onProgress = () => controller.abort();
            await session.forward([text], { signal: controller.signal, onProgress }).catch((error: Error) => {
              if (error.name !== 'AbortError') throw error;
              aborted++;
            });
            if (session.lengths[0] !== 3) await session.truncate([3]);
          }
          await session.dispose();
          // The worker tells what it holds with its next answer.
          await (await model.createSession()).dispose();
          const { cacheBytes, deviceTensors, liveSessions } = model.describe();
          return { aborted, cacheBytes, deviceTensors: deviceTensors ?? 0, liveSessions };
        },
        { handle, steps, branches },
      );

    test.each(['wasm', 'webgpu'])('%s', async (device) => {
      const { handle } = await page.evaluate(
        (given) => backendPage.openKept({ device: given, model: 'one-layer', chunkLength: 4 }),
        device,
      );
      await round(handle, 100, 5);
      const before = await countHeld(page, browser);
      const left = await round(handle, 1000, 50);
      const after = await countHeld(page, browser);
      const grown = (part: keyof Held) => after[part] - before[part];
      console.info(
        `${device}, one layer of tiny-random-llama, 1,000 steps, 50 forks, ${left.aborted} aborted: ` +
          `${megabytes(before.heapBytes).toFixed(1)} MB of WebAssembly memory, ${megabytes(grown('heapBytes')).toFixed(1)} more behind; ` +
          `${megabytes(before.arrayBytes).toFixed(2)} MB of arrays, ${megabytes(grown('arrayBytes')).toFixed(2)} more; ` +
          `${before.buffers} GPU buffers (${megabytes(before.bufferBytes).toFixed(2)} MB), ${grown('buffers')} more ` +
          `(${megabytes(grown('bufferBytes')).toFixed(2)} MB); resident ${megabytes(before.residentBytes).toFixed(0)} MB, ` +
          `${megabytes(grown('residentBytes')).toFixed(1)} more; left over ${JSON.stringify(left)}`,
      );
      expect(left).toEqual({ aborted: 50, cacheBytes: 0, deviceTensors: 0, liveSessions: 0 });
      expect(grown('heapBytes')).toBeLessThanOrEqual(0);
      expect(megabytes(grown('arrayBytes'))).toBeLessThan(0.1);
      // The runtime keeps some for the next run, and which ones varies.
      expect(grown('buffers')).toBeLessThan(32);
      expect(megabytes(grown('bufferBytes'))).toBeLessThan(1);
      if (!Number.isNaN(after.residentBytes)) expect(megabytes(grown('residentBytes'))).toBeLessThan(noise);
      const handles = await page.evaluate(async (given) => {
        await backendPage.kept.get(given)!.model.dispose();
        return backendPage.onnxWebLiveHandles();
      }, handle);
      expect(handles).toEqual({ models: 0, sessions: 0, caches: 0, tensors: 0 });
    });
  },
);
