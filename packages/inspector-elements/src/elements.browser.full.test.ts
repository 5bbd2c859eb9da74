import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { effectText } from './sampling-panel/stage-effect';
import { newStage, readSampling } from './sampling-settings';
import { type GalleryData, galleryJson, makeGalleryData } from './testing/gallery-data';
import { GalleryPage } from './testing/gallery-page';
import { serveGallery } from './testing/serve-gallery';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: elements: there is no Chromium here; set CHROMIUM_PATH');
/** Git ignores it. */
const screenshots = fileURLToPath(new URL('../coverage/', import.meta.url));

describe.skipIf(!executablePath)('the elements in a browser', () => {
  let data: GalleryData;
  let served: { readonly url: string; readonly server: ViteDevServer };
  let browser: Browser;
  let gallery: GalleryPage;
  const problems: string[] = [];

  async function openGallery(options: BrowserContextOptions = {}): Promise<GalleryPage> {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const opened = new GalleryPage(page);
    await opened.open(served.url);
    return opened;
  }

  beforeAll(async () => {
    data = await makeGalleryData();
    served = await serveGallery(galleryJson(data));
    browser = await openBrowser(executablePath!);
    await mkdir(screenshots, { recursive: true });
    gallery = await openGallery();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.server.close();
  });

  const stageLine = (label: string) =>
    gallery.page.locator('nt-sampling-panel .stage', { hasText: label }).first();
  const stageNames = () => gallery.page.locator('nt-sampling-panel .stage .name').allTextContents();

  test('distribution: one tab stop, arrows, Enter takes; a search finds what is far down', async () => {
    const { page } = gallery;
    const rows = page.locator('nt-distribution tbody tr');
    expect(await rows.count()).toBeGreaterThanOrEqual(14);
    expect(await page.locator('nt-distribution .take[tabindex="0"]').count()).toBe(1);
    await page.locator('nt-distribution .take[tabindex="0"]').focus();
    await gallery.events();
    await gallery.press('ArrowDown', 'ArrowDown', 'Enter');
    const order = [...data.logits.keys()].sort((a, b) => data.logits[b]! - data.logits[a]!);
    expect(await gallery.eventsOf('nt-candidate-choose')).toMatchObject([{ id: order[2] }]);
    await gallery.press('/');
    await page.keyboard.type('monday');
    await page.locator('nt-distribution .take', { hasText: 'Monday' }).first().waitFor();
    const rank = Number(await rows.last().locator('.rank').textContent());
    expect(rank).toBeGreaterThan(14);
    await page.locator('nt-distribution input').fill('');
    await page.locator('nt-distribution tbody tr').nth(13).waitFor();
  });

  test('distribution: what is cut names its stage; axes switch; each step shows the scores between', async () => {
    const { page } = gallery;
    const cut = page.locator('nt-distribution tr.removed').first();
    expect(await cut.locator('.why').textContent()).toMatch(/^top-[kp] cut it$/);
    await page.locator('nt-distribution').getByRole('button', { name: 'each step' }).click();
    expect(await page.locator('nt-distribution thead .stage').allTextContents()).toEqual([
      'temperature',
      'top-k',
      'top-p',
    ]);
    const first = await page.locator('nt-distribution tbody tr').first().locator('.stage').allTextContents();
    expect(first[0]).toBe((Math.max(...data.logits) / 0.8).toFixed(1));
    await page.locator('nt-distribution').getByRole('button', { name: 'each step' }).click();
    await page.locator('nt-distribution').getByRole('button', { name: 'log scale' }).click();
    expect(await page.locator('nt-distribution th.bar-cell .axis').textContent()).toContain('0.0001 %');
    await page.locator('nt-distribution').getByRole('button', { name: 'log scale' }).click();
  });

  test('panel: pointing at a stage lights what it removed', async () => {
    const { page } = gallery;
    await stageLine('top-p').hover();
    await gallery.painted();
    expect(await page.locator('nt-distribution tr.lit').count()).toBeGreaterThan(0);
    await page.locator('h1').hover();
    await gallery.painted();
    expect(await page.locator('nt-distribution tr.lit').count()).toBe(0);
  });

  test('drawings leave the page as files that need nothing of it', async () => {
    const { page } = gallery;
    const files = await page.evaluate(() =>
      ['nt-distribution', 'nt-timeline', 'nt-beam-tree', 'nt-attention'].map((tag) => {
        const markup = (document.querySelector(tag) as Element & { toSvg(): string }).toSvg();
        const drawing = new DOMParser().parseFromString(markup, 'image/svg+xml').documentElement;
        return {
          markup,
          name: drawing.localName,
          texts: [...drawing.querySelectorAll('text')].map((text) => text.textContent),
        };
      }),
    );
    const [distribution, timeline, beams, attention] = files;
    for (const { name, markup } of files) {
      expect(name).toBe('svg');
      expect(markup).not.toMatch(/var\(|NaN|undefined|class=/);
    }
    expect(distribution!.texts).toEqual(expect.arrayContaining(['raw logit', 'share']));
    expect(distribution!.texts.filter((text) => text?.endsWith('cut it')).length).toBeGreaterThan(0);
    expect(timeline!.texts).toContain('surprisal');
    expect(beams!.texts).toEqual(expect.arrayContaining(data.beams.nodes.map(({ token }) => token)));
    expect(attention!.texts).toHaveLength(20);
  });

  test('panel: a slider acts at once, exact over the whole vocabulary', async () => {
    const { page } = gallery;
    await gallery.events();
    await page.locator('#topK-0-k').focus();
    await gallery.press('ArrowLeft');
    const changes = await gallery.eventsOf('nt-sampling-change');
    expect(changes.map(({ committed }) => committed)).toEqual([false, true]);
    const { settings } = changes[1] as { settings: Parameters<typeof readSampling>[1] };
    const logits = Float32Array.from(data.logits);
    const context = { ids: data.promptIds, promptLength: data.promptIds.length };
    const { stages, chosen } = readSampling({ logits, context }, settings);
    expect(stages.map(({ type }) => type)).toEqual(['temperature', 'topK', 'topP']);
    for (const [label, index] of [
      ['temperature', 0],
      ['top-k', 1],
      ['top-p', 2],
    ] as const)
      expect(await stageLine(label).locator('.effect').textContent()).toBe(effectText(stages[index]!));
    expect(await page.locator('nt-sampling-panel .luck').textContent()).toContain(
      `u = ${chosen.draw!.toFixed(3)}`,
    );
    expect(await page.locator('#topK-0-k').getAttribute('aria-valuetext')).toMatch(/^8, cuts 3,064 tokens/);
    await page.locator('#topK-0-k').press('ArrowRight');
  });

  test('panel: order by keyboard and by drag, and a library’s order by one choice', async () => {
    const { page } = gallery;
    expect(await stageNames()).toEqual([
      'repetition penalty',
      'temperature',
      'top-k',
      'top-p',
      'min-p',
      'typical-p',
    ]);
    await stageLine('temperature').locator('.grip').focus();
    await gallery.press('ArrowDown', 'ArrowDown');
    expect(await stageNames()).toEqual([
      'repetition penalty',
      'top-k',
      'top-p',
      'temperature',
      'min-p',
      'typical-p',
    ]);
    expect(await page.locator('nt-sampling-panel [role="status"]').textContent()).toBe(
      'temperature is now 4 of 6',
    );
    expect(
      await page.evaluate(
        () => document.querySelector('nt-sampling-panel')!.shadowRoot!.activeElement?.className,
      ),
    ).toContain('grip');
    const from = (await stageLine('temperature').locator('.grip').boundingBox())!;
    const to = (await stageLine('repetition penalty').locator('.grip').boundingBox())!;
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 8, to.y - 4, { steps: 6 });
    await page.mouse.up();
    await gallery.painted();
    expect((await stageNames())[0]).toBe('temperature');
    const order = page.locator('nt-sampling-panel').getByLabel('order');
    await order.selectOption('llama.cpp');
    expect(await stageNames()).toEqual([
      'repetition penalty',
      'top-k',
      'typical-p',
      'top-p',
      'min-p',
      'temperature',
    ]);
    await order.selectOption('hugging-face');
    expect((await stageNames())[1]).toBe('temperature');
  });

  test('panel: processors come and go; what cannot be made says why in its place', async () => {
    const { page } = gallery;
    const panel = page.locator('nt-sampling-panel');
    await panel.getByLabel('Add a processor').selectOption('logitBias');
    await gallery.events();
    const field = panel.locator('#logitBias-0-biases');
    await field.fill('word');
    await field.press('Enter');
    expect(await stageLine('bias').locator('[role="alert"]').textContent()).toContain('token: number');
    expect(await gallery.eventsOf('nt-sampling-change')).toEqual([]);
    await field.fill('" Paris": 50');
    await field.press('Enter');
    const [change] = await gallery.eventsOf('nt-sampling-change');
    const paris = data.pieces.findIndex((bytes) => String.fromCharCode(...bytes) === ' Paris');
    expect(change).toMatchObject({
      settings: { stages: expect.arrayContaining([{ ...newStage('logitBias', { biases: [[paris, 50]] }) }]) },
    });
    await panel.getByLabel('order').selectOption('hugging-face');
    expect((await stageNames())[0]).toBe('bias');
    expect(await panel.locator('.luck').textContent()).toContain('␣Paris');
    await panel.getByRole('button', { name: 'Remove bias' }).click();
    expect(await stageNames()).not.toContain('bias');
    await panel.getByLabel('strategy').selectOption('beams');
    expect(await panel.getByRole('slider', { name: 'beams' }).getAttribute('aria-valuetext')).toBe('4');
    await panel.getByLabel('strategy').selectOption('greedy');
    expect(await panel.locator('.luck').textContent()).toMatch(/^→ /);
    await panel.getByLabel('strategy').selectOption('top-p');
    expect(await stageLine('top-p').locator('.value').textContent()).toBe('0.90');
  });

  test('token stream: arrows, Enter, pin, the next surprise, the table', async () => {
    const { page } = gallery;
    const stream = page.locator('nt-token-stream');
    // A line break stands behind a blank without width, so that its token can be seen.
    expect((await stream.locator('.tokens').textContent())!.replace(/[\s\u200b]/g, '')).toBe(
      data.stream
        .map(({ text, token }) => text || token)
        .join('')
        .replace(/\s/g, ''),
    );
    await gallery.events();
    await stream.locator('.tokens').focus();
    await gallery.press('Home', 'ArrowRight', 'Enter', 'Shift+Enter', 'u');
    const events = await gallery.events();
    const uncertain = data.stream.findIndex(({ surprisal = 0 }, index) => index > 1 && surprisal >= 2);
    expect(events.filter(({ type }) => /select|pin/.test(type))).toEqual([
      { type: 'nt-token-select', detail: { index: 1 } },
      { type: 'nt-token-pin', detail: { index: 1, pinned: true } },
    ]);
    expect(events.at(-1)).toEqual({ type: 'nt-token-preview', detail: { index: uncertain } });
    expect(await stream.locator('.tokens').getAttribute('aria-activedescendant')).toBe(`token-${uncertain}`);
    await stream.locator('select').selectOption('rank');
    await stream.getByRole('button', { name: 'table' }).click();
    const line = stream.locator('tbody tr').nth(3);
    expect(await line.textContent()).toContain(data.stream[3]!.token);
    expect(await line.locator('.number').nth(2).textContent()).toBe(data.stream[3]!.surprisal!.toFixed(2));
    await stream.getByRole('button', { name: 'table' }).click();
    await stream.locator('select').selectOption('surprisal');
  });

  test('timeline: arrows move, Enter goes there, the table says the same', async () => {
    const { page } = gallery;
    const timeline = page.locator('nt-timeline');
    await gallery.events();
    await timeline.getByRole('slider').focus();
    await gallery.press('Home', 'ArrowRight', 'Enter');
    expect(await gallery.eventsOf('nt-step-select')).toEqual([{ index: 1 }]);
    const taken = data.stream.filter(({ by }) => by !== 'prompt');
    expect(await timeline.getByRole('slider').getAttribute('aria-valuetext')).toContain(
      `step 2 of ${taken.length}: ${taken[1]!.token}`,
    );
    await timeline.getByRole('button', { name: 'table' }).click();
    expect(await timeline.locator('tbody tr').count()).toBe(taken.length);
    await timeline.getByRole('button', { name: 'table' }).click();
  });

  test('beam tree: along the tree by arrows; another length penalty ranks anew without a search', async () => {
    const { page } = gallery;
    const beams = page.locator('nt-beam-tree').first();
    await beams.locator('.node[tabindex="0"]').focus();
    await gallery.events();
    await gallery.press('ArrowRight', 'ArrowLeft', 'ArrowDown');
    const [right, left, down] = (await gallery.eventsOf('nt-beam-select')).map(
      ({ node }) => data.beams.nodes[node as number]!,
    );
    expect(right!.parent).toBe(left!.index);
    expect(down!.step).toBe(left!.step);
    expect(await beams.locator('.about').textContent()).toContain(down!.why);
    const slider = beams.getByRole('slider', { name: 'length penalty' });
    await slider.focus();
    await gallery.press('Home');
    expect(await gallery.eventsOf('nt-length-penalty-change')).toEqual([{ lengthPenalty: -1 }]);
    expect(await beams.locator('caption').last().textContent()).toContain('−1.0');
    await slider.fill('1');
    await beams.getByRole('checkbox', { name: 'what was pruned' }).uncheck();
    const kept = data.beams.nodes.filter(({ fate }) => fate !== 'pruned').length;
    expect(await beams.locator('.node').count()).toBe(kept);
    await beams.getByRole('checkbox', { name: 'what was pruned' }).check();
  });

  test('attention: another head by arrows, a position by arrows, the first left out', async () => {
    const { page } = gallery;
    const attention = page.locator('nt-attention');
    await attention.locator('.small[tabindex="0"]').focus();
    await gallery.events();
    await gallery.press('ArrowRight', 'ArrowDown');
    expect((await gallery.eventsOf('nt-attention-change')).map(({ layer, head }) => [layer, head])).toEqual([
      [1, 3],
      [2, 3],
    ]);
    expect(await attention.locator('.head .note').textContent()).toBe('layer 2, head 3');
    await attention.locator('.from').focus();
    await gallery.press('Home', 'ArrowDown', 'ArrowDown');
    expect(await attention.locator('.from [aria-selected="true"]').textContent()).toBe(data.stream[2]!.token);
    await attention.getByRole('checkbox').check();
    expect(await attention.locator('.about').textContent()).not.toContain(`${data.stream[0]!.token} `);
    await attention.getByRole('button', { name: 'matrix' }).click();
    expect(await attention.locator('.matrix path.weight').count()).toBeGreaterThan(2);
    await attention.getByRole('button', { name: 'table' }).click();
    expect(await attention.locator('tbody tr').count()).toBe(10);
    await attention.getByRole('button', { name: 'lines' }).click();
  });

  test('lens grid: cells by arrows; the last layer is the output', async () => {
    const { page } = gallery;
    const lens = page.locator('nt-lens-grid');
    await lens.locator('.cell[tabindex="0"]').focus();
    await gallery.events();
    await gallery.press('ArrowDown', 'ArrowLeft');
    const { layers, columns } = data.lens;
    expect(await gallery.eventsOf('nt-cell-select')).toEqual([
      { layer: layers.at(-2)!.layer, position: columns.at(-1)!.position },
      { layer: layers.at(-2)!.layer, position: columns.at(-2)!.position },
    ]);
    const best = await lens.locator('tbody tr').first().locator('.best').allTextContents();
    expect(best).toEqual(layers.at(-1)!.cells.map(({ top }) => top[0]!.token));
  });

  test('module tree: opens, closes, searches', async () => {
    const { page } = gallery;
    const modules = page.locator('nt-module-tree');
    const names = async () =>
      (await modules.locator('td.name').allTextContents()).map((text) =>
        text.replace(/[▾▸\s]+/g, ' ').trim(),
      );
    await modules.locator('tr', { hasText: 'layers' }).focus();
    await gallery.press('ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(await names()).toContain('0-5 × 6');
    expect(await names()).toContain('self_attn');
    await gallery.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(await names()).not.toContain('self_attn');
    await modules.locator('input[type="search"]').fill('q_proj');
    expect(await names()).toContain('q_proj');
    await modules.locator('input[type="search"]').fill('');
  });

  test('compare, tokens, loader: arrows and buttons', async () => {
    const { page } = gallery;
    await page.locator('nt-compare .segment[tabindex="0"]').focus();
    await gallery.events();
    await gallery.press('ArrowRight', 'd');
    const next = data.comparison.divergences.find((index) => index > 6);
    expect(await gallery.eventsOf('nt-segment-select')).toEqual([{ index: 6 }, { index: next }]);
    await page.locator('nt-tokens .piece[tabindex="0"]').focus();
    await gallery.press('ArrowRight', 'ArrowDown', 'Enter');
    expect(await gallery.eventsOf('nt-piece-select')).toEqual([{ tokenization: 1, index: 1 }]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Resume' }).click();
    expect((await gallery.events()).filter(({ type }) => type.startsWith('nt-load'))).toEqual([
      { type: 'nt-load-cancel', detail: { name: 'HuggingFaceTB/SmolLM2-135M' } },
      { type: 'nt-load-resume', detail: { name: 'organisation/other' } },
    ]);
  });

  test.each(['light', 'dark'] as const)(
    '%s: axe-core finds nothing serious, drawn and as tables; screenshots',
    async (colorScheme) => {
      const themed = await openGallery({ colorScheme, reducedMotion: 'reduce' });
      const { page } = themed;
      const sections = page.locator('#gallery > section');
      for (let index = 0; index < (await sections.count()); index++) {
        const section = sections.nth(index);
        const name = await section.evaluate((each) => each.firstElementChild!.localName);
        await section.screenshot({ path: join(screenshots, `${name}-${index}-${colorScheme}.png`) });
      }
      expect(await themed.seriousFindings()).toEqual([]);
      const transition = await page
        .locator('nt-distribution .fill')
        .first()
        .evaluate((fill) => getComputedStyle(fill).transitionDuration);
      expect(transition).toBe('0s');
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('#gallery > section > *'))
          if ('view' in element) element.view = 'table';
      });
      await themed.painted();
      expect(await themed.seriousFindings()).toEqual([]);
      await page.context().close();
    },
  );

  test('375 px: nothing is wider than the page', async () => {
    const touched = await openGallery({
      viewport: { width: 375, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const target = touched.page.locator('nt-sampling-panel .switch').first();
    expect(await target.evaluate((each) => (each as HTMLElement).offsetHeight)).toBeGreaterThanOrEqual(44);
    await touched.page.context().close();
    const narrow = await openGallery({ viewport: { width: 375, height: 800 } });
    const { page } = narrow;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    const sections = page.locator('#gallery > section');
    for (let index = 0; index < (await sections.count()); index++) {
      const name = await sections.nth(index).evaluate((each) => each.firstElementChild!.localName);
      await sections.nth(index).screenshot({ path: join(screenshots, `${name}-${index}-375.png`) });
    }
    await page.context().close();
  });

  test('no errors, and no style that a policy forbids', () => expect(problems).toEqual([]));
});
