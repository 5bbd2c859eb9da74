import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { type HubServer, hubServer } from '@nexttoken/hub/testing';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromFragment } from '../share/fragment';
import { PlaygroundPage } from '../testing/playground-page';
import { type ServedPlayground, servePlayground } from '../testing/serve-playground';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
/** Git ignores it. */
const screenshots = fileURLToPath(new URL('../../coverage/', import.meta.url));
const id = 'tiny/tales';
const names = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];

describe.skipIf(!executablePath)('models by id in the playground', () => {
  let served: ServedPlayground;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let visitor: PlaygroundPage;
  let hub: HubServer;
  /** The large file comes in pieces, and stops after this many bytes of a request; 0: at once. */
  let piece = 0;
  const problems: string[] = [];

  beforeAll(async () => {
    const files: Record<string, Uint8Array> = {};
    for (const name of [...names, 'model.safetensors'])
      files[name] = await readFile(join(tinyModelPath('tales'), name));
    hub = await hubServer({
      id,
      files,
      largeAbove: 1_000_000,
      misbehave(request, response, content) {
        if (piece === 0 || content.length < 1_000_000) return false;
        const [from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number);
        response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${content.length}` });
        response.write(content.subarray(from, from! + piece));
        hub.sent += piece;
        return true;
      },
    });
    served = await servePlayground();
    browser = await openBrowser(executablePath!);
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(100_000);
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    visitor = new PlaygroundPage(page);
    await mkdir(screenshots, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    hub?.close();
  });

  async function screenshot(name: string): Promise<void> {
    await page.screenshot({ path: join(screenshots, `models-${name}.png`) });
  }

  test('by keys alone: its size before, progress, cancel, and what has come stays', async () => {
    await visitor.open(served.url);
    await page.keyboard.press('m');
    await page.locator('#server summary').click();
    await page.fill('#endpoint', hub.endpoint);
    await page.locator('#model-id').focus();
    await page.keyboard.type(id);
    await page.keyboard.press('Enter');
    const download = page.getByRole('button', { name: /^Download 5\.7 MB/ });
    await download.waitFor();
    await screenshot('offer');
    piece = 2_600_000;
    await download.press('Enter');
    await expect
      .poll(() => page.locator('#offer .note').textContent(), { timeout: 60_000 })
      .toMatch(/2\.\d MB of 5\.7 MB · /);
    await screenshot('progress');
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.getByRole('button', { name: `Resume ${id}` }).waitFor();
    expect(await page.locator('#shelf').textContent()).toContain('not finished');
    expect(await visitor.text()).toBe('The capital of France is');
  });

  test('goes on after the tab was closed, and fetches only what is missing', async () => {
    piece = 0;
    await page.close();
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    visitor = new PlaygroundPage(page);
    const before = hub.sent;
    await page.goto(`${served.url}#model=${id}`);
    const resume = page.getByRole('button', { name: /^Resume: [23]\.\d MB/ });
    await resume.waitFor();
    expect(await page.locator('#model-name').textContent()).toBe('tales');
    await resume.click();
    await page.getByRole('button', { name: 'Use it' }).waitFor();
    expect(hub.sent - before).toBeLessThan(4_200_000);
    await visitor.edit('A dog and');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.waitForFunction((wanted) => document.querySelector('#model-name')?.textContent === wanted, id);
    await page.waitForSelector('body.live');
    await visitor.painted();
    expect(await visitor.text()).toBe('A dog and');
  });

  test('without any network: the page comes back, and the model by its id generates', async () => {
    if (await page.locator('#models').isHidden()) await page.click('#models-open');
    await page.locator('#shelf .offline').first().waitFor();
    await expect.poll(() => fromFragment(new URL(page.url()).hash)).toMatchObject({ model: id });
    hub.close();
    await served.stop();
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector('body.live');
    expect(await page.locator('#model-name').textContent()).toBe(id);
    await visitor.edit('The capital of France is');
    expect((await visitor.rows())[0]?.token).toBe('␣Paris');
    await page.click('h1');
    await page.keyboard.press('g');
    await page.waitForFunction(
      () =>
        (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens.length >=
        4,
    );
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test.each([
    ['light', 1280, 900],
    ['dark', 1280, 900],
    ['light', 375, 812],
    ['dark', 375, 812],
  ] as const)(
    'the shelf fits in %s at %i px, and marks what works offline',
    async (colorScheme, width, height) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      if (await page.locator('#models').isHidden()) await page.click('#models-open');
      await page.locator('#shelf li').nth(3).waitFor();
      const row = page.locator('#shelf li').filter({ hasText: id });
      // The mark comes when the service worker has everything.
      await expect.poll(() => row.textContent(), { timeout: 30_000 }).toContain('works offline');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await screenshot(`${width}-${colorScheme}`);
    },
  );

  test('deletes after asking, never the one in use', async () => {
    expect(await page.getByRole('button', { name: `Delete ${id}` }).count()).toBe(0);
    await page.getByRole('button', { name: 'Use tales', exact: true }).click();
    await page.waitForFunction(() => document.querySelector('#model-name')?.textContent === 'tales');
    await page.waitForSelector('body.live');
    await page.click('#models-open');
    const button = page.getByRole('button', { name: `Delete ${id}` });
    await button.click();
    expect(await button.textContent()).toBe('Delete 5.7 MB?');
    // Going elsewhere on the page withdraws the question, losing the window's focus does not.
    await page.locator('#model-id').click();
    expect(await button.textContent()).toBe('Delete');
    await button.click();
    await button.evaluate((element) => element.blur());
    expect(await button.textContent()).toBe('Delete 5.7 MB?');
    await button.click();
    const gone = () => page.locator('#shelf li').nth(3).waitFor({ state: 'detached', timeout: 60_000 });
    await gone().catch(async (error) => {
      console.info(`still there: ${await page.locator('#models').textContent()}`);
      throw error;
    });
    expect(await page.locator('#shelf li').count()).toBe(3);
    expect(problems).toEqual([]);
  });
});
