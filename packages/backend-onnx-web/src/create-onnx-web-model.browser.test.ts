import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type GoldenArray, goldenFloats, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { exportDecoder } from '@nexttoken/onnx-export';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from './testing/find-browser';
import { openBrowser } from './testing/open-browser';
import { servePage } from './testing/serve-page';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
if (!hasShared) console.info('skipped: the shared weights of stories260k are not here');

/** A code and a message, out of what an error became on its way out of the page. */
type Outcome = { code?: string; name?: string; message?: string };

describe.skipIf(!executablePath || !hasShared)('onnxruntime-web in a page', () => {
  let browser: Browser;
  const ends: (() => Promise<unknown>)[] = [];
  const pages: Partial<Record<'isolated' | 'plain', Page>> = {};
  const foreign: string[] = [];
  let reference: { ids: number[]; logits: number[] }[];

  beforeAll(async () => {
    const checkpoint = await openCheckpointPath(sharedPath('data/models/stories260k'));
    const { graph, weights } = exportDecoder(checkpoint, {
      taps: ['blocks.*.attn.hook_pattern'],
      tail: { top: 8, statistics: true },
    });
    const data = new Uint8Array(weights.byteLength);
    await weights.write(async (chunk, offset) => data.set(chunk, offset));
    await checkpoint.close();
    const golden = readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json');
    reference = [{ ids: golden.ids, logits: [...goldenFloats(golden.logits)] }];
    const files = new Map([
      ['/stories260k/graph.onnx', graph],
      ['/stories260k/weights.bin', data],
    ]);
    browser = await openBrowser(executablePath!);
    ends.push(() => browser.close());
    for (const kind of ['isolated', 'plain'] as const) {
      const { url, server } = await servePage(files, { isolated: kind === 'isolated' });
      ends.push(() => server.close());
      const page = await browser.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
          foreign.push(request.url());
      });
      await page.goto(url);
      await page.waitForFunction(() => 'backendPage' in globalThis);
      pages[kind] = page;
    }
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  test('passes the kit, in a worker, with threads', async () => {
    const reports = await pages.isolated!.evaluate(
      (answers) => backendPage.runKit({ threads: 2 }, answers, undefined),
      reference,
    );
    expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(reports.filter(({ status }) => status === 'passed').length).toBeGreaterThan(50);
    const skipped = reports.filter(({ status }) => status === 'skipped').map(({ reason }) => reason ?? '');
    console.info(`the kit skipped: ${[...new Set(skipped)].join('; ')}`);
    for (const reason of skipped) expect(reason).toMatch(/^the model declares|in a page$|option outputLayer/);
  });

  test('gives the reference logits on the page’s own thread, without isolation, in chunks of 7', async () => {
    const reports = await pages.plain!.evaluate(
      (answers) =>
        backendPage.runKit({ thread: 'caller', chunkLength: 7 }, answers, ['forward', 'reference', 'cache']),
      reference,
    );
    expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(reports.filter(({ suite }) => suite === 'reference').length).toBeGreaterThan(0);
  });

  test.each(['worker', 'caller'] as const)('takes weights in pieces, in the %s', async (thread) => {
    const reports = await pages.plain!.evaluate(
      ([answers, where]) => backendPage.runKit({ thread: where, pieces: 100_000 }, answers, ['reference']),
      [reference, thread] as const,
    );
    expect(reports.map(({ status }) => status)).toEqual(reports.map(() => 'passed'));
    expect(reports.length).toBeGreaterThan(0);
  });

  test('says what runs: threads only where the page is isolated', async () => {
    const describeModel = (page: Page) =>
      page.evaluate(async () => {
        const model = await backendPage.openTestModel({});
        const description = model.describe();
        await model.dispose();
        return { ...description, threads: description.threads, cores: navigator.hardwareConcurrency };
      });
    const isolated = await describeModel(pages.isolated!);
    expect(isolated).toMatchObject({ backend: 'onnxruntime-web', device: 'wasm', thread: 'worker' });
    expect(isolated.threads).toBe(Math.min(4, Math.ceil(isolated.cores / 2)));
    expect((await describeModel(pages.plain!)).threads).toBe(1);
  });

  const failing = (page: Page, more: Record<string, unknown>) =>
    page.evaluate(
      (options): Promise<Outcome> =>
        backendPage.openTestModel(options as never).then(
          () => ({ message: 'it opened' }),
          (error) => ({ code: error.code, name: error.name, message: error.message }),
        ),
      more,
    );

  test.each([
    ['a device without an adapter', { device: 'webgpu' }, { code: 'device-unavailable' }],
    ['an unknown device', { device: 'abacus' }, { code: 'device-unavailable' }],
    ['a wrong width', { vocabSize: 500 }, { code: 'invalid-config' }],
    ['missing weights', { externalData: [] }, { code: 'backend-failed' }],
    ['a chunk of nothing', { chunkLength: 0 }, { code: 'invalid-parameter' }],
    ['threads without isolation', { threads: 2 }, { code: 'unsupported-option' }],
    ['an unknown thread', { thread: 'other' }, { code: 'invalid-parameter' }],
    ['runtime files that are not there', { wasmPaths: '/nowhere/' }, { code: 'backend-failed' }],
  ])('refuses %s by its code', async (_, more, expected) => {
    expect(await failing(pages.plain!, more)).toMatchObject(expected);
  });

  test('an abort while it opens rejects with the reason', async () => {
    const reason = await pages.plain!.evaluate(async () => {
      const abort = new AbortController();
      const opening = backendPage.openTestModel({ signal: abort.signal });
      setTimeout(() => abort.abort(new Error('no longer needed')), 20);
      return opening.then(
        () => 'it opened',
        (error: Error) => error.message,
      );
    });
    expect(reason).toBe('no longer needed');
  });

  test('asks no other origin for anything', () => {
    expect(foreign).toEqual([]);
  });
});
