import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { importMap, installPacked, publishedPackages, serveFolder } from '@nexttoken/workspace/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const execute = promisify(execFile);
const executablePath = findBrowser();
if (!executablePath) console.info('skipped: browser apps: there is no Chromium here; set CHROMIUM_PATH');

/** What each app does: load the embedded model, write a few words, show them. */
const script = `
import { load } from '@nexttoken/load';
import { generate } from '@nexttoken/generate';

async function main() {
  const { model, tokenizer } = await load('tales', { device: 'wasm' });
  let text = '';
  const events = generate({ model, tokenizer, prompt: 'Once upon a time', maxNewTokens: 12 });
  for await (const event of events) if (event.type === 'text') text += event.text;
  document.body.dataset.thread = model.describe().thread ?? 'caller';
  document.body.dataset.text = text;
}
main().catch((error) => { document.body.dataset.error = String(error); });
`;

const page = (
  head: string,
) => `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
${head}</head><body></body></html>`;

describe.skipIf(!executablePath)('apps made from what npm would publish', () => {
  let folder: string;
  let browser: Browser;
  const texts = new Set<string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-apps-'));
    const names = publishedPackages().map(({ name }) => name);
    await installPacked(folder, names, ['onnxruntime-web@1.30.0', 'vite@8', 'webpack@5']);
    await writeFile(join(folder, 'main.js'), script);
    browser = await openBrowser(executablePath!);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a folder's page without a network; what it wrote, and where the model ran. */
  async function run(root: string): Promise<{ readonly text: string; readonly thread: string }> {
    const { url, close } = await serveFolder(root);
    const context = await browser.newContext();
    const foreign: string[] = [];
    await context.route('**/*', (route) => {
      const { href } = new URL(route.request().url());
      if (href.startsWith(url) || /^(blob|data):/.test(href)) return route.continue();
      foreign.push(href);
      return route.abort();
    });
    try {
      const opened = await context.newPage();
      await opened.goto(url);
      await opened.waitForFunction(
        () => document.body?.dataset.text !== undefined || document.body?.dataset.error !== undefined,
        undefined,
        { timeout: 120_000 },
      );
      const { text, thread, error } = await opened.evaluate(() => ({ ...document.body.dataset }));
      expect(error).toBeUndefined();
      expect(foreign).toEqual([]);
      return { text: text!, thread: thread! };
    } finally {
      await context.close();
      close();
    }
  }

  function check({ text }: { readonly text: string }): void {
    expect(text.length).toBeGreaterThan(10);
    texts.add(text);
    expect(texts.size).toBe(1);
  }

  const node = (code: string) =>
    execute(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: folder,
      maxBuffer: 2 ** 26,
    });

  test('Vite', async () => {
    await writeFile(join(folder, 'index.html'), page('<script type="module" src="/main.js"></script>'));
    await node(
      "import { build } from 'vite'; await build({ logLevel: 'error', build: { outDir: 'vite' } });",
    );
    const result = await run(join(folder, 'vite'));
    check(result);
    expect(result.thread).toBe('worker');
  });

  test('webpack', async () => {
    await node(`
      import webpack from 'webpack';
      const options = {
        mode: 'production', entry: './main.js', context: process.cwd(), performance: { hints: false },
        output: { path: process.cwd() + '/webpack', filename: 'main.js' },
      };
      const stats = await new Promise((resolve, reject) =>
        webpack(options, (error, result) => (error ? reject(error) : resolve(result))));
      if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
    `);
    await writeFile(join(folder, 'webpack', 'index.html'), page('<script defer src="/main.js"></script>'));
    const result = await run(join(folder, 'webpack'));
    check(result);
    expect(result.thread).toBe('worker');
  });

  test('a plain page with an import map', async () => {
    const map = JSON.stringify({ imports: importMap(folder) });
    await mkdir(join(folder, 'plain'), { recursive: true });
    await writeFile(
      join(folder, 'index.html'),
      page(`<script type="importmap">${map}</script><script type="module" src="/main.js"></script>`),
    );
    const result = await run(folder);
    check(result);
    expect(result.thread).toBe('caller');
  });
});
