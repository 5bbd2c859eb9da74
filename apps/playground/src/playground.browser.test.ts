import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { load } from '@nexttoken/load';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlaygroundPage } from './testing/playground-page';
import { type ServedPlayground, servePlayground } from './testing/serve-playground';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
/** Git ignores it. */
const screenshots = fileURLToPath(new URL('../coverage/', import.meta.url));
const prompt = 'The capital of France is';

describe.skipIf(!executablePath)('the playground', () => {
  let served: ServedPlayground;
  let browser: Browser;
  let playground: PlaygroundPage;
  const problems: string[] = [];

  async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<PlaygroundPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url) && !/^(data|blob):/.test(request.url()))
        problems.push(`asked for ${request.url()}`);
    });
    return new PlaygroundPage(page);
  }

  beforeAll(async () => {
    served = await servePlayground();
    browser = await openBrowser(executablePath!);
    playground = await openPage();
    await playground.open(served.url);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test('shows the prompt, its tokens, and what runs', async () => {
    expect(await playground.text()).toBe(prompt);
    expect(await playground.promptTokens()).toHaveLength(5);
    expect(await playground.status()).toMatch(/^wasm, \d threads? · fp32/);
    expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('the first row says what another engine says: onnxruntime-node on the same weights', async () => {
    const { model, tokenizer, dispose } = await load('tales');
    const session = await model.createSession();
    const { logits } = await session.forward([tokenizer.encode(prompt).ids]);
    const { data } = logits[0]!;
    const order = [...data.keys()].sort((a, b) => data[b]! - data[a]!).slice(0, 5);
    const expected = order.map((id) => ({
      token: tokenizer.decode([id]).replace(/^ /, '␣'),
      logit: data[id]!,
    }));
    const rows = await playground.rows();
    expect(rows[0]).toMatchObject({ rank: 1, token: '␣Paris' });
    expect(rows.slice(0, 5).map(({ token }) => token)).toEqual(expected.map(({ token }) => token));
    expected.forEach(({ logit }, index) => {
      expect(Math.abs(rows[index]!.logit - logit)).toBeLessThan(0.0511);
    });
    await dispose();
  });

  test('a step takes the marked token, undo gives it back, redo takes it again', async () => {
    const { page } = playground;
    const before = await playground.rows();
    const next = await playground.nextToken();
    await page.click('#step');
    await playground.waitForTaken(1);
    await playground.painted();
    const after = await playground.text();
    if (next) expect(after).toBe(prompt + next.replace('␣', ' '));
    await page.click('h1');
    await page.keyboard.press('Control+z');
    await playground.waitForTaken(0);
    await playground.painted();
    expect(await playground.text()).toBe(prompt);
    expect(await playground.rows()).toEqual(before);
    await page.keyboard.press('Control+Shift+z');
    await playground.waitForTaken(1);
    expect(await playground.text()).toBe(after);
    await page.keyboard.press('Control+z');
    await playground.waitForTaken(0);
  });

  test('sliders act on the row at once, name what they cut, and go off again', async () => {
    const before = await playground.rows();
    await playground.slide('topK', 2);
    const cut = await playground.rows();
    expect(cut.filter(({ removed }) => !removed)).toHaveLength(3);
    expect(cut[3]).toMatchObject({ why: 'top-k cut it', percent: '–', logit: before[3]!.logit });
    await playground.slide('temperature', 0);
    const cold = await playground.rows();
    expect(Number.parseFloat(cold[0]!.percent)).toBeGreaterThan(Number.parseFloat(cut[0]!.percent));
    expect(cold[0]!.mark).toBe('next');
    await playground.page.getByRole('button', { name: 'Switch top-k off' }).click();
    await playground.page.getByRole('button', { name: 'Switch temperature off' }).click();
    await playground.painted();
    expect(await playground.rows()).toEqual(before);
  });

  test('a click on an alternative takes it; a token of the text shows where it came from', async () => {
    const { page } = playground;
    const second = (await playground.rows())[1]!.token;
    await page.locator('#rows tr').nth(1).click();
    await playground.waitForTaken(1);
    expect(await playground.text()).toBe(prompt + second.replace('␣', ' '));
    await page.locator('#generated > *').first().click();
    await playground.painted();
    expect((await playground.rows())[1]).toMatchObject({ token: second, mark: 'taken' });
    await page.click('#undo');
    await playground.waitForTaken(0);
  });

  test('generates by key, ends by key, and the same seed says the same again', async () => {
    const { page } = playground;
    const run = async () => {
      await page.click('h1');
      await page.keyboard.press('g');
      await page.waitForFunction(() => document.querySelectorAll('#generated > *').length >= 4);
      await page.keyboard.press('Escape');
      await page.waitForSelector('#stop:disabled');
      await playground.painted();
      const text = await playground.text();
      await playground.edit('Once');
      await playground.edit(prompt);
      return text;
    };
    const [first, second] = [await run(), await run()];
    const shared = Math.min(first.length, second.length);
    expect(shared).toBeGreaterThan(prompt.length + 4);
    expect(second.slice(0, shared)).toBe(first.slice(0, shared));
  });

  test('an empty prompt is an error in place, with its code; typing goes on', async () => {
    await playground.edit('');
    expect(await playground.page.locator('#notice').textContent()).toContain('empty-prompt');
    await playground.edit(prompt);
    expect(await playground.page.locator('#notice').isHidden()).toBe(true);
    expect((await playground.rows())[0]?.token).toBe('␣Paris');
  });

  test('an unknown model is an error in place', async () => {
    const { page } = await openPage();
    await page.goto(`${served.url}#model=nothing`);
    await page.locator('#notice code').waitFor();
    expect(await page.locator('#notice').textContent()).toContain('model-not-found');
    await page.context().close();
  });

  test.each([
    ['light', 1280, 900],
    ['dark', 1280, 900],
    ['light', 375, 812],
    ['dark', 375, 812],
  ] as const)('fits in %s at %i px', async (colorScheme, width, height) => {
    const small = width < 500;
    const visitor = await openPage({
      colorScheme,
      viewport: { width, height },
      hasTouch: small,
      isMobile: small,
    });
    const { page } = visitor;
    await visitor.open(served.url);
    await visitor.slide('topP', 70);
    for (let count = 1; count <= 5; count++) {
      await page.click('#step');
      await visitor.waitForTaken(count);
    }
    await visitor.painted();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const least = small ? 44 : 28;
    for (const box of await page.locator('.actions button, .take').all())
      expect((await box.boundingBox())!.height).toBeGreaterThanOrEqual(least);
    await mkdir(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `playground-${width}-${colorScheme}.png`) });
    if (small) {
      await page.getByRole('button', { name: 'Adjust' }).click();
      expect(await page.locator('#slider-topP').isVisible()).toBe(true);
      await page.screenshot({ path: join(screenshots, `playground-${width}-${colorScheme}-sheet.png`) });
    }
    await page.context().close();
  });

  test('through all of this nothing went wrong, and no other origin was asked', () => {
    expect(problems).toEqual([]);
  });
});
