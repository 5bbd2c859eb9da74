import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import type { SamplingSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { load } from '@nexttoken/load';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromFragment } from './share/fragment';
import { pageWeight } from './testing/page-weight';
import type { PlaygroundPage } from './testing/playground-page';
import { type ServedPlayground, servePlayground } from './testing/serve-playground';
import { lookOptions, looks, visit } from './testing/visit';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
const prompt = 'The capital of France is';

describe.skipIf(!executablePath)('the playground', () => {
  let served: ServedPlayground;
  let browser: Browser;
  let playground: PlaygroundPage;
  const problems: string[] = [];

  beforeAll(async () => {
    served = await servePlayground();
    browser = await openBrowser(executablePath!);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('first visit: text and table at once from a recording, then a live model says the same', async () => {
    playground = await visit(browser, served, problems);
    const { page } = playground;
    const started = performance.now();
    await page.goto(served.url);
    // Table and status of one frame: a quick model may be live in the next.
    const early = await page.waitForFunction(() => {
      const words = document.querySelector('#status')?.textContent;
      const line = document.querySelector('nt-distribution')?.shadowRoot?.querySelector('tbody tr');
      return line && words !== 'starting' && words;
    });
    const interactive = performance.now() - started;
    expect(await early.jsonValue()).toMatch(/^recorded · /);
    const recorded = await playground.rows();
    expect(recorded[0]).toMatchObject({ rank: 1, token: '␣Paris' });
    await playground.live();
    const live = performance.now() - started;
    expect(await playground.status()).toMatch(/^wasm, \d threads? · fp32/);
    expect(await playground.rows()).toEqual(recorded);
    const kilobytes = (await pageWeight(served)) / 1000;
    await page.click('#step');
    await playground.waitForTaken(1);
    const first = performance.now() - started;
    console.info(
      [
        `first visit to table ${interactive.toFixed(0)} ms`,
        `to live model ${live.toFixed(0)} ms`,
        `to first token ${first.toFixed(0)} ms`,
        `page weight ${kilobytes.toFixed(0)} kB gzip`,
      ].join(', '),
    );
    expect(kilobytes).toBeLessThan(300);
    await page.click('#undo');
    await playground.waitForTaken(0);
    expect(await playground.promptTokens()).toHaveLength(5);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('the first row says what another engine says: onnxruntime-node on the same weights', async () => {
    const { model, tokenizer, dispose } = await load('tales');
    const session = await model.createSession();
    const { logits } = await session.forward([tokenizer.encode(prompt).ids]);
    const { data } = logits[0]!;
    const order = [...data.keys()].sort((a, b) => data[b]! - data[a]!).slice(0, 5);
    const rows = await playground.rows();
    order.forEach((id, index) => {
      expect(rows[index]!.token).toBe(tokenizer.decode([id]).replace(/^ /, '␣'));
      expect(Math.abs(rows[index]!.logit - data[id]!)).toBeLessThan(0.0511);
    });
    await dispose();
  });

  test('a step takes the marked token, undo gives it back, redo takes it again', async () => {
    const { page } = playground;
    const before = await playground.rows();
    const next = await playground.nextToken();
    await page.click('#step');
    await playground.waitForTaken(1);
    const after = await playground.text();
    expect(after).toBe(prompt + next?.replace('␣', ' '));
    await page.click('h1');
    await page.keyboard.press('Control+z');
    await playground.waitForTaken(0);
    expect(await playground.rows()).toEqual(before);
    await page.keyboard.press('Control+Shift+z');
    await playground.waitForTaken(1);
    expect(await playground.text()).toBe(after);
    await page.keyboard.press('Control+z');
    await playground.waitForTaken(0);
  });

  test('sliders act on the row at once, without the model, with the same luck; what they cut stays, named', async () => {
    const before = await playground.rows();
    const passes = await playground.passes();
    const luck = await playground.luck();
    await playground.slide('top-k', 2);
    const cut = await playground.rows();
    expect(cut.filter(({ removed }) => !removed)).toHaveLength(3);
    expect(cut[3]).toMatchObject({ why: 'top-k cut it', percent: '–', logit: before[3]!.logit });
    await playground.slide('temperature', 0);
    expect(Number.parseFloat((await playground.rows())[0]!.percent)).toBe(100);
    await playground.slide('temperature', 40);
    expect(await playground.luck()).toBe(luck);
    expect(await playground.passes()).toBe(passes);
    await playground.page.getByRole('button', { name: 'Switch top-k off' }).click();
    await playground.page.getByRole('button', { name: 'Switch temperature off' }).click();
    await playground.painted();
    expect(await playground.rows()).toEqual(before);
    expect(await playground.passes()).toBe(passes);
  });

  test('an alternative is a branch; the old one comes back unharmed, without the model', async () => {
    const { page } = playground;
    await page.keyboard.press('s');
    await page.waitForFunction(
      () =>
        document.querySelector('#stop:disabled') &&
        document.querySelector('nt-token-stream#text')?.shadowRoot?.querySelector('[role=option]'),
    );
    await playground.painted();
    const old = await playground.text();
    expect(old.length).toBeGreaterThan(prompt.length + 5);
    await page.locator('nt-token-stream#text [role=option]').first().click();
    await playground.painted();
    const second = (await playground.rows())[1]!;
    await page.locator('nt-distribution tbody tr').nth(1).click();
    await playground.waitForTaken(1);
    expect(await playground.text()).toBe(prompt + second.token.replace('␣', ' '));
    expect(await page.locator('#branches-open').textContent()).toBe('branch 2 of 2');
    const passes = await playground.passes();
    await page.click('#branches-open');
    expect(await page.locator('.branch-parting').textContent()).toMatch(
      /^parts (at the first token|after \d+ tokens?): \S.* \d+\.\d % instead of \S.* \d+\.\d %; \d+\.\d bits a token from there, here \d+\.\d$/,
    );
    await playground.screenshot('branches');
    await page.locator('.branch').first().click();
    await playground.painted();
    expect(await playground.text()).toBe(old);
    expect(await playground.passes()).toBe(passes);
  });

  test('a link carries text, branches, settings and view, and opens the same', async () => {
    const { page } = playground;
    await playground.slide('top-p', 70);
    const kept = async () => {
      const { hash } = new URL(page.url());
      const { stages } = Object((await fromFragment(hash))?.settings) as Partial<SamplingSettings>;
      return stages?.find(({ type, enabled }) => type === 'topP' && enabled)?.parameters.p;
    };
    await expect.poll(kept, { timeout: 20_000 }).toBeLessThan(1);
    const text = await playground.text();
    const rows = await playground.rows();
    const other = await visit(browser, served, problems);
    await other.open(page.url());
    await other.page.waitForFunction(
      () => document.querySelector('#branches-open')?.textContent === 'branch 1 of 2',
    );
    await other.painted();
    expect(await other.text()).toBe(text);
    expect(await other.rows()).toEqual(rows);
    await other.page.context().close();
    await page.getByRole('button', { name: 'Switch top-p off' }).click();
    await playground.painted();
  });

  test('the same seed says the same again; a stop keeps what there is', async () => {
    const { page } = playground;
    const run = async () => {
      await playground.edit('Once');
      await page.click('h1');
      await page.keyboard.press('g');
      await page.waitForFunction(
        () =>
          (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens
            .length >= 4,
      );
      await page.keyboard.press('Escape');
      await page.waitForSelector('#stop:disabled');
      await playground.painted();
      const text = await playground.text();
      await playground.edit(prompt);
      return text;
    };
    const [first, second] = [await run(), await run()];
    const shared = Math.min(first.length, second.length);
    expect(shared).toBeGreaterThan(10);
    expect(second.slice(0, shared)).toBe(first.slice(0, shared));
  });

  test('an empty prompt and an unknown model are errors in place; going on is one step', async () => {
    const { page } = playground;
    await page.locator('#prompt').fill('');
    await page.locator('#prompt').press('Enter');
    await page.locator('#notice code').waitFor();
    expect(await page.locator('#notice').textContent()).toContain('empty-prompt');
    await playground.edit(prompt);
    expect(await page.locator('#notice').isHidden()).toBe(true);
    expect((await playground.rows())[0]?.token).toBe('␣Paris');
    const lost = await visit(browser, served, []);
    await lost.page.goto(`${served.url}#model=nothing`);
    await lost.page.locator('#notice code').waitFor();
    expect(await lost.page.locator('#notice').textContent()).toContain('model-not-found');
    await lost.page.getByRole('button', { name: 'Use tales' }).click();
    await lost.live();
    await lost.page.context().close();
  });

  test.each([looks[0], looks[3]])('fits in %s at %i px, and axe finds nothing serious', async (...look) => {
    const visitor = await visit(browser, served, problems, lookOptions(look));
    const { page } = visitor;
    await visitor.open(served.url);
    await page.click('#step');
    await visitor.waitForTaken(1);
    const [scheme, width] = look;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const least = width < 500 ? 44 : 28;
    for (const box of await page.locator('.actions button:visible').all())
      expect((await box.boundingBox())!.height).toBeGreaterThanOrEqual(least);
    await visitor.screenshot(`next-${width}-${scheme}`);
    if (width < 500) {
      await page.getByRole('button', { name: 'Adjust' }).click();
      expect(await page.locator('nt-sampling-panel input[type=range]').first().isVisible()).toBe(true);
      await visitor.screenshot(`next-${width}-${scheme}-sheet`);
    }
    expect(await visitor.seriousViolations()).toEqual([]);
    await page.context().close();
  });

  test('through all of this nothing went wrong, and no other origin was asked', () => {
    expect(problems).toEqual([]);
  });
});
