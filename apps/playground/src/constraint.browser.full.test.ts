import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedPlayground, servePlayground } from './testing/serve-playground';
import { lookOptions, looks, visit } from './testing/visit';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');

describe.skipIf(!executablePath)('a text that has to keep to something', () => {
  let served: ServedPlayground;
  let browser: Browser;
  const problems: string[] = [];

  beforeAll(async () => {
    served = await servePlayground();
    browser = await openBrowser(executablePath!);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('is asked for in the panel, shows its rule, and goes with the link', async () => {
    const visitor = await visit(browser, served, problems);
    const { page } = visitor;
    await visitor.open(served.url);
    await page.selectOption('#constraint-kind', 'json-schema');
    const note = page.locator('nt-distribution .constraint');
    await note.waitFor();
    await visitor.painted();
    expect(await note.textContent()).toMatch(
      /JSON schema, rule in force #\s+has to go on with \{"animal":␣"/,
    );
    expect(await note.textContent()).toMatch(/allows \d tokens?, which the model itself gave (< )?[\d.]+ %/);
    expect(await page.locator('nt-distribution caption').textContent()).toContain(
      'JSON schema, in #, allows',
    );
    expect((await visitor.rows())[0]).toMatchObject({ removed: true, why: 'JSON schema cut it' });
    await page.click('#generate');
    await expect
      .poll(() => visitor.text(), { timeout: 20_000 })
      .toMatch(/\{"animal": "(cat|dog|bird)", "legs": [0-4]\}/);

    await page.fill('#constraint-text', '{"type": "objekt"}');
    await page.waitForSelector('#constraint-problem:not(:empty)');
    expect(await page.locator('#constraint-text').getAttribute('aria-invalid')).toBe('true');
    await page.fill('#constraint-text', '{"enum": ["here", "there"]}');
    await page.waitForFunction(() => document.querySelector('#constraint-problem')?.textContent === '');
    await visitor.painted();

    await page.waitForFunction(() => location.hash.startsWith('#s='));
    await page.waitForTimeout(600);
    const other = await visit(browser, served, problems, lookOptions(looks[2]));
    await other.open(page.url());
    await other.page.locator('nt-distribution .constraint').waitFor();
    expect(await other.page.locator('#constraint-text').inputValue()).toBe('{"enum": ["here", "there"]}');
    expect(await other.seriousViolations()).toEqual([]);
    expect(await visitor.seriousViolations()).toEqual([]);
    const wide = await other.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);

    for (const [one, name] of [
      [visitor, 'constraint-light-1280'],
      [other, 'constraint-light-375'],
    ] as const) {
      await one.edit('My animal is');
      if (one === other) await one.page.getByRole('button', { name: 'Adjust' }).click();
      await one.page.selectOption('#constraint-kind', 'regex');
      await one.page.fill('#constraint-text', ' (a|the) [a-z]{3,9}( and a [a-z]+)?\\.');
      await one.page.locator('nt-distribution .constraint', { hasText: 'regex' }).waitFor();
      await one.painted();
      await one.screenshot(name);
    }
    expect(problems).toEqual([]);
  });
});
