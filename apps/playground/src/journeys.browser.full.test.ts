import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { readTrace } from '@nexttoken/inspector';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { longTasks, watchLongTasks } from './testing/long-tasks';
import type { PlaygroundPage } from './testing/playground-page';
import { type ServedPlayground, servePlayground } from './testing/serve-playground';
import { lookOptions, looks, visit } from './testing/visit';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
const prompt = 'The capital of France is';
const views = ['Next', 'Compare', 'Beams', 'Model', 'Layers', 'Tokens', 'N-gram', 'Charts'] as const;

/** What stands in each view once it has its answer. */
const content: Readonly<Record<(typeof views)[number], string>> = {
  Next: 'nt-distribution tbody tr',
  Compare: 'nt-compare [part=table], nt-compare .text, nt-compare table',
  Beams: 'nt-beam-tree svg, nt-beam-tree [role=tree]',
  Model: 'nt-module-tree [role=row], nt-module-tree tbody tr',
  Layers: 'nt-attention svg, nt-attention canvas',
  Tokens: 'nt-tokens table',
  'N-gram': '.ngram-table tbody tr',
  Charts: '#band nt-distribution tbody tr',
};

describe.skipIf(!executablePath)('journeys through the playground', () => {
  let served: ServedPlayground;
  let browser: Browser;
  let visitor: PlaygroundPage;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    served = await servePlayground();
    browser = await openBrowser(executablePath!);
    visitor = await visit(browser, served, problems, { permissions: ['clipboard-read', 'clipboard-write'] });
    page = visitor.page;
    await visitor.open(served.url);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  const tokens = (count: number) =>
    page.waitForFunction(
      (least) =>
        (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens.length >=
        least,
      count,
    );

  const strategy = () => page.locator('nt-sampling-panel').getByLabel('strategy');

  async function share(line: string | RegExp): Promise<void> {
    if (!(await page.locator('#share').isVisible())) await page.click('#share-open');
    await page.locator('#share').getByRole('button', { name: line }).click();
  }

  test('by keys alone: step, look back, branch, undo, view, help', async () => {
    await page.locator('h1').click();
    for (const count of [1, 2, 3]) {
      await page.keyboard.press('Enter');
      await visitor.waitForTaken(count);
    }
    const text = await visitor.text();
    await page.keyboard.press('[');
    await visitor.painted();
    expect((await visitor.rows()).some(({ mark }) => mark === 'taken')).toBe(true);
    // Into the table: its rows are one stop, arrows move within it, Enter takes.
    await page.locator('nt-distribution .take[tabindex="0"]').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await visitor.painted();
    expect(await visitor.text()).not.toBe(text);
    await page.locator('h1').click();
    await page.keyboard.press('b');
    await visitor.painted();
    expect(await visitor.text()).toBe(text);
    await page.keyboard.press('Backspace');
    await visitor.waitForTaken(2);
    await page.keyboard.press('Control+z');
    await visitor.waitForTaken(3);
    expect(await visitor.text()).toBe(text);
    await page.keyboard.press('/');
    await page.keyboard.type('Lon');
    await visitor.painted();
    expect(
      await page.locator('nt-distribution tbody tr').filter({ hasText: 'Lond' }).count(),
    ).toBeGreaterThan(0);
    await page.locator('nt-distribution input[type=search]').fill('');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    expect(await page.locator('#help').isVisible()).toBe(true);
    expect(await visitor.seriousViolations()).toEqual([]);
    await visitor.screenshot('help-1280-light');
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    await page.keyboard.press('t');
    expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');
    await page.keyboard.press('t');
  });

  test('a trace is saved, verified, and read outside the page; tables, a command and code too', async () => {
    await page.click('#share-open');
    const [download] = await Promise.all([page.waitForEvent('download'), share('Trace of this text')]);
    const path = await download.path();
    const trace = readTrace(new Uint8Array(await readFile(path)));
    expect(trace.run.ids).toHaveLength(3);
    expect(trace.logitsOf(2)).toHaveLength(3072);
    const kept = join(served.folder, '../run.nttrace');
    await writeFile(kept, await readFile(path));
    await page.click('#share-open');
    await page.setInputFiles('#open-trace', kept);
    await page.locator('#verdict:not([hidden])').waitFor();
    expect(await page.locator('#verdict').textContent()).toMatch(
      /^Verified 3 of 3 steps .* tales made the run again: the same/,
    );
    // One number of one row, changed: the file says so itself.
    const broken = await readFile(path);
    broken[broken.length - 40]! ^= 1;
    await writeFile(kept, broken);
    await page.setInputFiles('#open-trace', kept).catch(async () => {
      await page.click('#share-open');
      await page.setInputFiles('#open-trace', kept);
    });
    await page.locator('#notice code').waitFor();
    expect(await page.locator('#notice').textContent()).toContain('invalid-trace');
    await page.locator('#notice button').click();
    await page.locator('#verdict button').click();

    await page.click('#share-open');
    const [csv] = await Promise.all([page.waitForEvent('download'), share('Table as CSV')]);
    expect(await readFile(await csv.path(), 'utf8')).toMatch(/^\ufeffrank,id,token,raw logit/);
    await page.click('#share-open');
    const [svg] = await Promise.all([page.waitForEvent('download'), share('Chart as SVG')]);
    expect(await readFile(await svg.path(), 'utf8')).toMatch(/^<svg xmlns=/);
    await page.click('#share-open');
    await share('Copy as command');
    await page.getByRole('button', { name: 'copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `nexttoken generate '${prompt}' --model 'tales' --seed 42 --max-new-tokens 3`,
    );
    await share('Copy as code');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('await load("tales")');
    await visitor.screenshot('share-1280-light');
    await page.keyboard.press('Escape');
  });

  test('a strategy sets the chain; beams grow as a tree, and a text of it can be taken', async () => {
    await visitor.edit('Once upon a time');
    await visitor.edit(prompt);
    await visitor.show('Next');
    await strategy().selectOption({ label: 'top-k 50' });
    await visitor.painted();
    expect(await visitor.rows()).toHaveLength(14);
    await strategy().selectOption({ label: '6 beams in 3 groups' });
    await page.click('#generate');
    await page.locator(content.Beams).first().waitFor();
    await page.locator('#beam-search').waitFor();
    const tree = () =>
      page.evaluate(() => {
        const { tree: shown } = document.querySelector('nt-beam-tree') as unknown as {
          tree: { groups: number; results: { text: string }[]; nodes: { fate: string; why: string }[] };
        };
        return {
          groups: shown.groups,
          texts: shown.results.map(({ text }) => text),
          pruned: shown.nodes.filter(({ fate }) => fate === 'pruned').map(({ why }) => why),
        };
      });
    const diverse = await tree();
    expect(diverse.groups).toBe(3);
    expect(diverse.texts).toHaveLength(6);
    expect(diverse.pruned.every((why) => why.length > 10)).toBe(true);
    await page.selectOption('#beam-kind', 'beams');
    await expect.poll(async () => (await tree()).groups, { timeout: 30_000 }).toBe(1);
    await page.locator('#beam-search').waitFor();
    await expect.poll(async () => (await tree()).texts.length, { timeout: 30_000 }).toBe(4);
    const path = await page.locator('nt-beam-tree').evaluate((element) => {
      const { tree: shown } = element as unknown as {
        tree: { results: { nodes: number[] }[]; nodes: { text: string }[] };
      };
      const { nodes } = shown.results[0]!;
      element.dispatchEvent(
        new CustomEvent('nt-beam-select', { detail: { node: nodes.at(-1) }, bubbles: true }),
      );
      return nodes.map((node) => shown.nodes[node]!.text).join('');
    });
    // The text ends before an end token, the path to the selected token with it.
    const best = (await tree()).texts[0]!;
    expect([best, `${best}<|endoftext|>`]).toContain(path);
    expect(await visitor.text()).toBe(prompt);
    await page.getByRole('button', { name: 'Take this text' }).click();
    await tokens(1);
    await visitor.painted();
    expect(await visitor.text()).toBe(prompt + path);
    await visitor.show('Next');
    await strategy().selectOption({ label: 'draw from all' });
    await visitor.painted();
  });

  test('the charts of the notebooks are one click each', async () => {
    await visitor.show('Charts');
    await page.locator(content.Charts).first().waitFor();
    expect(await page.locator('#band nt-distribution').count()).toBe(2);
    for (const name of ['top-k 5', 'top-p 0.9', 'min-p 0.1', 'typical-p 0.5', 'repetition penalty 1.5']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator(`#band nt-distribution[heading="${name}"]`).waitFor();
    }
    await page.click('#chart-positions');
    await expect.poll(() => page.locator('.rank-table tbody tr').count()).toBeGreaterThan(5);
    await visitor.screenshot('charts-positions-1280-light');
    await page.click('#chart-steps');
    await expect.poll(() => page.locator('.rank-table tbody tr').count()).toBe(await visitor.takenCount());
    await visitor.screenshot('charts-steps-1280-light');
    await page.click('#chart-draws');
    const drawn = async () =>
      (await page.locator('#draws tbody td:last-child').allTextContents()).map((text) =>
        Number(text.replace(/\D/g, '')),
      );
    await expect.poll(async () => (await drawn()).reduce((sum, count) => sum + count, 0)).toBe(1000);
    const first = await drawn();
    await page.click('#draw-again');
    await expect.poll(drawn).not.toEqual(first);
    await visitor.screenshot('charts-draws-1280-light');
  });

  test.skipIf(!hasShared)(
    'a dropped GGUF is read where it is, and generates; its tree and its heads show',
    async () => {
      const path = sharedPath('data/models/stories260k/stories260k-f32.gguf');
      const bytes = (await readFile(path)).toString('base64');
      await visitor.edit('Once upon a time');
      const transfer = await page.evaluateHandle((data) => {
        const dropped = new DataTransfer();
        const binary = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        dropped.items.add(new File([binary], 'stories260k-f32.gguf'));
        return dropped;
      }, bytes);
      await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
      await page.waitForFunction(
        () =>
          document.querySelector('#model-name')?.textContent === 'stories260k-f32.gguf' &&
          document.querySelector('body.live'),
      );
      await visitor.painted();
      await visitor.show('Next');
      // The reference implementation continues these stories so, too.
      await strategy().selectOption({ label: 'greedy' });
      await visitor.painted();
      await page.keyboard.press('Escape');
      for (const count of [1, 2, 3, 4]) {
        await page.click('#step');
        await visitor.waitForTaken(count);
      }
      expect(await visitor.text()).toBe('Once upon a time, there was a');
      await visitor.show('Layers');
      await page.locator(content.Layers).first().waitFor();
      await visitor.show('Model');
      await page.locator(content.Model).first().waitFor();
      expect(await page.locator('.facts').textContent()).toContain('292,800');
      await page.click('#models-open');
      await page.getByRole('button', { name: 'Use tales', exact: true }).click();
      await page.waitForFunction(
        () =>
          document.querySelector('#model-name')?.textContent === 'tales' &&
          document.querySelector('body.live'),
      );
      await visitor.show('Next');
      await strategy().selectOption({ label: 'draw from all' });
    },
  );

  test.each(looks)('every view in %s at %i px: it fits, and axe finds nothing serious', async (...look) => {
    const [scheme, width] = look;
    const looker = await visit(browser, served, problems, lookOptions(look));
    await looker.open(served.url);
    await looker.page.keyboard.press('s');
    await looker.page.waitForFunction(
      () =>
        (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens.length >=
          2 && document.querySelector('#stop:disabled'),
    );
    await looker.painted();
    const found: string[] = [];
    for (const view of views) {
      await looker.show(view);
      await looker.page.locator(content[view]).first().waitFor({ state: 'attached' });
      await looker.page.waitForFunction(() =>
        [...document.querySelectorAll('.working')].every((line) => line.textContent?.trim() === ''),
      );
      await looker.painted();
      await looker.screenshot(`${view.toLowerCase()}-${width}-${scheme}`);
      const wide = await looker.page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${view} is ${wide} px wide`);
      found.push(...(await looker.seriousViolations()).map((violation) => `${view}: ${violation}`));
    }
    await looker.page.click('#models-open');
    await looker.screenshot(`models-panel-${width}-${scheme}`);
    found.push(...(await looker.seriousViolations()).map((violation) => `models: ${violation}`));
    await looker.page.context().close();
    expect(found).toEqual([]);
  });

  test('the page stays free: its long tasks are told', async () => {
    const looker = await visit(browser, served, problems);
    const { page: own } = looker;
    await watchLongTasks(own);
    const told: string[] = [];
    const tell = async (step: string) => void told.push(`${step}: ${await longTasks(own)}`);
    await looker.open(served.url);
    await tell('first visit');
    await looker.edit('One day, a little girl named');
    await own.click('#generate');
    await own.waitForFunction(
      () =>
        (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens.length >=
        30,
    );
    await tell('generating');
    await own.keyboard.press('Escape');
    for (let place = 20; place < 60; place += 4) await looker.slide('top-p', place);
    await tell('sliders');
    await looker.show('Layers');
    await own.locator(content.Layers).first().waitFor();
    await tell('layers');
    console.info(`tasks of the page · ${told.join(' · ')}`);
    expect(told).toHaveLength(4);
    await own.context().close();
  });

  test('through all of this nothing went wrong, and no other origin was asked', () => {
    expect(problems).toEqual([]);
  });
});

describe.skipIf(!executablePath)('on WebGPU, computed in software', () => {
  test('the same first row, and a step', async () => {
    const served = await servePlayground();
    const browser = await openBrowser(executablePath!, { webgpu: true });
    try {
      const problems: string[] = [];
      const visitor = await visit(browser, served, problems);
      await visitor.open(`${served.url}?device=webgpu`);
      expect(await visitor.status()).toMatch(/^webgpu/);
      expect((await visitor.rows())[0]).toMatchObject({ token: '␣Paris', percent: '99.3' });
      await visitor.page.click('#step');
      await visitor.waitForTaken(1);
      expect(await visitor.text()).toBe(`${prompt} Paris`);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      await served.stop();
    }
  });
});
