import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { importMap, installPacked, serveFolder } from '@nexttoken/workspace/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readmeSnippets } from './testing/snippets';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: plain page: there is no Chromium here; set CHROMIUM_PATH');

describe.skipIf(!executablePath)('the README’s snippets on plain pages, from packed tarballs', () => {
  let folder: string;
  let served: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-elements-'));
    await installPacked(
      folder,
      ['inspector-elements', 'load', 'backend-onnx-web', 'tiny-models'].map((name) => `@nexttoken/${name}`),
      ['onnxruntime-web@1.30.0'],
    );
    served = await serveFolder(folder);
    browser = await openBrowser(executablePath!);
  });
  afterAll(async () => {
    await browser?.close();
    served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page of this markup; it may ask this server alone. */
  async function open(markup: string): Promise<{ readonly page: Page; readonly problems: string[] }> {
    await writeFile(join(folder, 'page.html'), markup);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url) && !/^(data|blob):/.test(request.url()))
        problems.push(request.url());
    });
    await page.goto(`${served.url}page.html`);
    const drawn = page.locator('nt-distribution .take').first();
    await drawn.waitFor({ timeout: 60_000 }).catch((error) => {
      throw new Error([String(error), ...problems].join('\n'));
    });
    return { page, problems };
  }

  test('ten lines and an import map: the next token of a real model', async () => {
    const [snippet] = readmeSnippets();
    expect(snippet!.trim().split('\n')).toHaveLength(10);
    const map = `<script type="importmap">${JSON.stringify({ imports: importMap(folder) })}</script>`;
    const { page, problems } = await open(
      snippet!.replace('<!doctype html>', `<!doctype html><link rel="icon" href="data:,">${map}`),
    );
    expect(await page.locator('nt-distribution .take').first().textContent()).toBe('␣Paris');
    expect(await page.locator('nt-distribution .title').textContent()).toBe('The capital of France is');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('one file, nothing else: a row of one’s own, reshaped; a click says which token', async () => {
    const [, snippet] = readmeSnippets();
    const { page, problems } = await open(
      snippet!.replace('<!doctype html>', '<!doctype html><link rel="icon" href="data:,">'),
    );
    const rows = await page.locator('nt-distribution tbody tr').allTextContents();
    expect(rows.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^1 #0 17\.4 .*$/),
      expect.stringMatching(/^2 #3 14\.9 .*$/),
      expect.stringMatching(/^3 #1 13\.2 top-p cut it –$/),
      expect.stringMatching(/^4 #2 12\.9 top-p cut it –$/),
    ]);
    await page.locator('nt-distribution .take').nth(1).click();
    expect(await page.title()).toBe('#3');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('the one file is small', async () => {
    const bytes = await readFile(
      join(folder, 'node_modules/@nexttoken/inspector-elements/dist/nexttoken-elements.js'),
    );
    const packed = (await promisify(gzip)(bytes, { level: 9 })).length;
    console.info(`nexttoken-elements.js: ${bytes.length} bytes, ${packed} gzip`);
    expect(packed).toBeLessThan(120_000);
  });
});
