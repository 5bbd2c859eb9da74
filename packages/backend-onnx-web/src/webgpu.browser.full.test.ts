import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportShared } from './testing/export-shared';
import { findBrowser } from './testing/find-browser';
import { loseDevices, prepareToLoseDevices } from './testing/lose-devices';
import { openBrowser } from './testing/open-browser';
import { openPageModel } from './testing/page-model';
import { servePage } from './testing/serve-page';
import { prepareSmallBuffers } from './testing/small-buffers';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');

describe.skipIf(!executablePath || !hasShared)('webgpu in a page', () => {
  let browser: Browser;
  let page: Page;
  let url: string;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const files = new Map([
      ...(await exportShared('stories260k', 'data/models/stories260k')),
      ...(await exportShared('one-layer', 'goldens/models/tiny-random-llama', 1, {
        taps: ['blocks.*.attn.hook_pattern'],
        tail: { top: 8, statistics: true },
      })),
    ]);
    browser = await openBrowser(executablePath!, { webgpu: true });
    ends.push(() => browser.close());
    const { url: served, server } = await servePage(files, { isolated: false });
    url = served;
    ends.push(() => server.close());
    page = await browser.newPage();
    await prepareToLoseDevices(page);
    await page.goto(url);
    await page.waitForFunction(() => 'backendPage' in globalThis);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  test('auto takes wasm where WebGPU computes in software, and says so', async () => {
    const model = await openPageModel(page, { model: 'one-layer' });
    expect(model.describe()).toMatchObject({
      device: 'wasm',
      build: 'wasm',
      deviceReason: expect.stringContaining('software'),
    });
    await model.dispose();
  });

  test('the kit, on one random layer, in a worker', async () => {
    const reports = await page.evaluate(() =>
      backendPage.runKit({ device: 'webgpu', model: 'one-layer' }, [], undefined),
    );
    expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(reports.filter(({ status }) => status === 'passed').length).toBeGreaterThan(50);
    const skipped = reports.filter(({ status }) => status === 'skipped').map(({ reason }) => reason ?? '');
    console.info(`the kit skipped: ${[...new Set(skipped)].join('; ')}`);
  });

  test('the reference logits of stories260k, and the same text when the device is lost in the middle', async () => {
    const golden = readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json');
    const expected = goldenFloats(golden.logits).subarray(-512);
    const model = await openPageModel(page, { model: 'stories260k', device: 'webgpu' });
    expect(model.describe()).toMatchObject({
      device: 'webgpu',
      build: expect.stringMatching(/jspi|asyncify/),
    });
    const session = await model.createSession();
    const continueGreedily = async (losses: Readonly<Record<number, 'now' | 'in the next run'>>) => {
      const ids: number[] = [];
      let { logits } = await session.forward([golden.ids]);
      const error = logits[0]!.data.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - expected[i]!)),
        0,
      );
      expect(error).toBeLessThan(2e-3);
      for (let step = 0; step < 8; step++) {
        const { data } = logits[0]!;
        ids.push(data.indexOf(data.reduce((a, b) => Math.max(a, b))));
        const loss = losses[step];
        if (loss) await loseDevices(page, loss);
        ({ logits } = await session.forward([ids.slice(-1)]));
      }
      await session.truncate([0]);
      return ids;
    };
    const whole = await continueGreedily({});
    expect(await model.events()).toEqual([]);
    expect(await continueGreedily({ 3: 'in the next run', 5: 'now' })).toEqual(whole);
    const once = ['device-lost', 'device-restored'];
    expect(await model.events()).toEqual([...once, ...once]);
    await model.dispose();
  });

  test('a tensor above the adapter’s buffers is split; one that cannot be is refused by name', async () => {
    const golden = readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json');
    const expected = goldenFloats(golden.logits).subarray(-512);
    for (const bytes of [100_000, 100]) {
      const small = await browser.newPage();
      await prepareSmallBuffers(small, bytes);
      await small.goto(url);
      await small.waitForFunction(() => 'backendPage' in globalThis);
      const opening = openPageModel(small, { model: 'stories260k', device: 'webgpu' });
      if (bytes === 100)
        await expect(opening).rejects.toThrow(/memory-limit|maxStorageBufferBindingSize is 1 MiB/);
      else {
        const model = await opening;
        expect(model.describe()).toMatchObject({ device: 'webgpu', tensorsSplitAbove: bytes });
        const session = await model.createSession();
        const { logits } = await session.forward([golden.ids]);
        const found = logits[0]!.data;
        expect(Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(2e-3);
        await model.dispose();
      }
      await small.close();
    }
  });
});
