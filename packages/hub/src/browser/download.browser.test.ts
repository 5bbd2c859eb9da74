import { findBrowser } from '@nexttoken/backend-onnx-web/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HubBrowser, type HubPage, hubBrowser } from '../testing/hub-page';
import { gitDigest, type HubServerOptions, sha256 } from '../testing/hub-server';
import { noise } from '../testing/noise';
import { files, id, text } from '../testing/test-files';
import { testHub } from '../testing/test-hub';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');

const needed = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;
const neededBytes = needed.reduce((sum, path) => sum + files[path].length, 0);
const mebibyte = 1 << 20;

describe.skipIf(!executablePath)('a page keeps models in the origin private file system', () => {
  let browser: HubBrowser;
  let tab: HubPage;
  let count = 0;
  beforeAll(async () => {
    browser = await hubBrowser(executablePath!);
    tab = await browser.openPage();
  });
  afterAll(() => browser?.close());

  /** A server, and options for an empty cache of its own. */
  async function fresh(options: Partial<HubServerOptions> = {}) {
    const { hub } = await testHub(options);
    const cacheFolder = `cache-${++count}`;
    const patience = { shortestWait: 1, longestWait: 20, stallAfter: 2_000 };
    return { hub, cacheFolder, options: { endpoint: hub.endpoint, cacheFolder, ...patience } };
  }

  test('only what is needed, under its checksums; a second time nothing but the listing; offline afterwards', async () => {
    const { hub, options, cacheFolder } = await fresh();
    expect(await tab.download(options)).toMatchObject({
      value: {
        id,
        commit: hub.commit,
        origin: 'hub',
        folder: `${cacheFolder}/models--some--model/snapshots/${hub.commit}`,
      },
    });
    const stored = await tab.stored(cacheFolder);
    const blobs = stored.filter(({ path }) => path.includes('/blobs/'));
    expect(blobs.map(({ path }) => path.split('/').at(-1)).sort()).toEqual(
      [
        sha256(files['model.safetensors']),
        gitDigest(files['config.json']),
        gitDigest(files['tokenizer.json']),
      ].sort(),
    );
    for (const { path, digests } of blobs) expect(digests).toContain(path.split('/').at(-1));
    expect(stored.some(({ path }) => /\.(part|tmp)$/.test(path))).toBe(false);
    const { sent } = hub;
    expect(sent).toBe(neededBytes);
    await tab.download(options);
    expect(hub.sent).toBe(sent);
    hub.close();
    expect(await tab.download({ ...options, offline: true })).toMatchObject({ value: { origin: 'cache' } });
    const config = await tab.page.evaluate(([name, own]) => hubPage.fileText(name, 'config.json', own), [
      id,
      { cacheFolder },
    ] as const);
    expect(config).toBe(Buffer.from(files['config.json']).toString());
  });

  test('size before, progress while, list, verify and remove after', async () => {
    const { options, cacheFolder } = await fresh({
      files: { ...files, 'model.safetensors': noise(3 * mebibyte) },
    });
    const total = 3 * mebibyte + files['config.json'].length + files['tokenizer.json'].length;
    const seen = await tab.page.evaluate(
      async ([name, own]) => {
        const plan = await hubPage.planDownload(name, own);
        const progress: { bytes: number; totalBytes: number; bytesPerSecond: number }[] = [];
        await hubPage.downloadModel(name, { ...own, onProgress: (step) => progress.push(step) });
        const after = await hubPage.planDownload(name, own);
        const { cacheFolder } = own;
        const listing = await hubPage.listCachedModels({ cacheFolder });
        const verified = await hubPage.verifyCachedModel(name, { cacheFolder });
        await hubPage.removeCachedModel(name, { cacheFolder });
        const empty = await hubPage.listCachedModels({ cacheFolder });
        return { plan, progress, after, listing, verified, empty };
      },
      [id, options] as const,
    );
    expect(seen.plan).toMatchObject({ totalBytes: total, missingBytes: total });
    expect(seen.plan.availableBytes).toBeGreaterThan(total);
    expect(seen.progress.at(-1)).toMatchObject({ bytes: total, totalBytes: total });
    expect(seen.progress.at(-1)!.bytesPerSecond).toBeGreaterThan(0);
    expect(seen.after.missingBytes).toBe(0);
    expect(seen.listing).toMatchObject({ folder: cacheFolder, bytes: total });
    expect(seen.listing.entries).toMatchObject([{ id, bytes: total, partialBytes: 0, worksOffline: true }]);
    expect(seen.verified).toEqual({ id, good: 3, wrong: [] });
    expect(seen.empty).toMatchObject({ entries: [], bytes: 0 });
    expect(await tab.stored(cacheFolder)).toEqual([]);
  });

  test('the token goes to the hub, and never to the host of the large files', async () => {
    const { hub, options } = await fresh();
    expect(await tab.download({ ...options, token: 'hidden' })).toHaveProperty('value');
    const tokens = (host: string) => new Set(hub.requests.filter((r) => r.host === host).map((r) => r.token));
    expect(tokens('hub')).toEqual(new Set(['Bearer hidden']));
    expect(tokens('storage')).toEqual(new Set([undefined]));
  });

  test('a gated model, a missing one, none in the cache, a hostile name: typed errors that tell no token', async () => {
    const gated = await fresh({
      interrupt: (_, response) => {
        response.writeHead(403, { 'x-error-code': 'GatedRepo' }).end('{}');
        return true;
      },
    });
    const refused = await tab.download({ ...gated.options, token: 'hidden' });
    expect(refused).toMatchObject({ code: 'access-denied', details: { reason: 'GatedRepo' } });
    expect(JSON.stringify(refused)).not.toContain('hidden');
    expect(await tab.download({ ...gated.options, offline: true })).toMatchObject({ code: 'offline' });
    const hostile = await fresh({ announce: (all) => [...all, { ...all[0], path: '../../evil.json' }] });
    expect(await tab.download(hostile.options)).toMatchObject({ code: 'unsafe-path' });
    expect(await tab.stored(hostile.cacheFolder)).toEqual([]);
    const gone = await fresh();
    gone.hub.close();
    expect(await tab.download({ ...gone.options, attempts: 2 })).toMatchObject({ code: 'request-failed' });
  });

  test('what will not fit is refused before any of it is fetched', async () => {
    const { hub, options } = await fresh({
      announce: (all) =>
        all.map((entry) => ({ ...entry, lfs: entry.lfs && { ...(entry.lfs as object), size: 2 ** 42 } })),
    });
    expect(await tab.download(options)).toMatchObject({
      code: 'cache-failed',
      details: { needed: expect.any(Number), limit: expect.any(Number) },
    });
    expect(hub.sent).toBe(0);
  });

  test('a storage host that hides its ranges, and one that has none', async () => {
    const large = { ...files, 'model.safetensors': noise(9 * mebibyte) };
    const hiding = await fresh({ files: large, exposed: 'X-Error-Code' });
    expect(await tab.download(hiding.options)).toHaveProperty('value');
    expect(hiding.hub.sent).toBeLessThan(10 * mebibyte);
    const plain = await fresh({
      files: large,
      misbehave: (_, response, content) => {
        response.writeHead(200, { 'content-length': content.length }).end(content);
        return true;
      },
    });
    expect(await tab.download(plain.options)).toHaveProperty('value');
  });

  test('wrong bytes once are fetched again, twice are an error that leaves nothing under a name', async () => {
    let wrong = 1;
    const misbehave: HubServerOptions['misbehave'] = (_, response, content) => {
      if (content.length < 1000 || wrong-- <= 0) return false;
      const range = `bytes 0-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': range }).end(noise(content.length, 9));
      return true;
    };
    const first = await fresh({ misbehave });
    expect(await tab.download(first.options)).toHaveProperty('value');
    wrong = 5;
    const second = await fresh({ misbehave });
    expect(await tab.download(second.options)).toMatchObject({ code: 'checksum-mismatch' });
    const names = (await tab.stored(second.cacheFolder)).map(({ path }) => path);
    expect(names.filter((path) => path.includes(sha256(files['model.safetensors'])))).toEqual([]);
  });

  test('two tabs share one download; a model that is downloaded cannot be removed', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { hub, options, cacheFolder } = await fresh({
      files: { ...files, 'model.safetensors': noise(2 * mebibyte) },
      misbehave(_, response, content) {
        if (content.length < 1000) return false;
        const range = `bytes 0-${content.length - 1}/${content.length}`;
        hub.sent += content.length;
        void gate.then(() => response.writeHead(206, { 'content-range': range }).end(content));
        return true;
      },
    });
    const other = await browser.openPage();
    const both = Promise.all([tab.download(options), other.download(options)]);
    await expect
      .poll(() => hub.requests.filter(({ host }) => host === 'storage').length, { timeout: 20_000 })
      .toBe(1);
    const removal = await other.page.evaluate(
      ([name, own]) => hubPage.outcome(() => hubPage.removeCachedModel(name, own)),
      [id, { cacheFolder }] as const,
    );
    release();
    expect(removal).toMatchObject({ code: 'cache-failed' });
    for (const end of await both) expect(end).toMatchObject({ value: { id } });
    expect(hub.sent).toBe(2 * mebibyte + files['config.json'].length + files['tokenizer.json'].length);
    await other.page.close();
  });

  test('a tab that is killed in the middle: the next one goes on, and fetches at most a MiB a connection again', async () => {
    let isSlow = true;
    const large = { 'config.json': text({}), 'model.safetensors': noise(24 * mebibyte) };
    const { hub, options, cacheFolder } = await fresh({
      files: large,
      misbehave(request, response, content) {
        if (!isSlow || content.length < 1000) return false;
        const [from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number) as [
          number,
          number,
        ];
        response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${content.length}` });
        let at = from;
        const timer = setInterval(() => {
          const end = Math.min(at + 200_000, to + 1);
          response.write(content.subarray(at, end));
          at = end;
          if (at > to) response.end();
        }, 20);
        response.on('close', () => clearInterval(timer));
        return true;
      },
    });
    const doomed = await browser.openPage();
    const arrived = await doomed.page.evaluate(
      ([name, own]) =>
        new Promise<number>((resolve) => {
          const onProgress = ({ bytes }: { bytes: number }) => bytes > 9 * 2 ** 20 && resolve(bytes);
          void hubPage.downloadModel(name, { ...own, onProgress });
        }),
      [id, options] as const,
    );
    const session = await browser.context.newCDPSession(doomed.page);
    const crashed = doomed.page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    isSlow = false;
    const again = await browser.openPage();
    const before = await again.page.evaluate(
      (folder) => hubPage.listCachedModels({ cacheFolder: folder }),
      cacheFolder,
    );
    expect(before.entries).toMatchObject([{ id, worksOffline: false }]);
    expect(before.entries[0]!.partialBytes).toBeGreaterThan(arrived - 2 * mebibyte);
    expect(await again.download(options)).toHaveProperty('value');
    expect(hub.sent).toBeLessThanOrEqual(24 * mebibyte - arrived + 2 * mebibyte + 1000);
    expect((await again.stored(cacheFolder)).some(({ path }) => path.endsWith('.part'))).toBe(false);
    await again.page.close();
    await doomed.page.close().catch(() => undefined);
  });

  test('an abort keeps what has come; unknown options are named', async () => {
    const { options, cacheFolder } = await fresh({
      files: { ...files, 'model.safetensors': noise(8 * mebibyte) },
      misbehave(request, response, content) {
        if (content.length < 1000) return false;
        const [from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number);
        response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${content.length}` });
        response.write(content.subarray(from, from! + 1_500_000));
        return true;
      },
    });
    const end = await tab.page.evaluate(
      async ([name, own]) => {
        const stop = new AbortController();
        const onProgress = ({ bytes }: { bytes: number }) => bytes > 2_500_000 && stop.abort();
        const end = await hubPage.outcome(() =>
          hubPage.downloadModel(name, { ...own, stallAfter: 60_000, signal: stop.signal, onProgress }),
        );
        return { end, listing: await hubPage.listCachedModels({ cacheFolder: own.cacheFolder }) };
      },
      [id, options] as const,
    );
    expect(end.end).toMatchObject({ name: 'AbortError' });
    expect(end.listing.entries[0]!.partialBytes).toBeGreaterThan(2_000_000);
    expect((await tab.stored(cacheFolder)).some(({ path }) => path.endsWith('.part'))).toBe(true);
    const wrong = { revison: 'main' } as never;
    expect(await tab.download(wrong)).toMatchObject({ code: 'unsupported-option' });
    expect(await tab.download({ cacheFolder: '../x' })).toMatchObject({ code: 'invalid-parameter' });
  });
});
