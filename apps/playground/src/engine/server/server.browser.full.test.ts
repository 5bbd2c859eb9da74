import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';
import { type LoadedModel, load } from '@nexttoken/load';
import { type ServeOptions, type Server, serve } from '@nexttoken/serve';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlaygroundPage } from '../../testing/playground-page';
import { type ServedPlayground, servePlayground } from '../../testing/serve-playground';
import { visit } from '../../testing/visit';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');
const key = 'a-key-of-their-own';
const prompt = 'The capital of France is';

/** A server that lets every page ask, and tells texts alone. */
async function plainServer(): Promise<HttpServer> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('content-type', 'application/json');
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (request.url === '/v1/models') response.end(JSON.stringify({ data: [{ id: 'tales' }] }));
    else if (request.url === '/v1/completions') {
      const choice = { index: 0, text: ' Paris', finish_reason: 'length' };
      response.setHeader('content-type', 'text/event-stream');
      response.end(`data: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`);
    } else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.skipIf(!executablePath)('a model on a server', () => {
  let served: ServedPlayground;
  let browser: Browser;
  let visitor: PlaygroundPage;
  let page: Page;
  let loaded: LoadedModel;
  let plain: HttpServer;
  const servers: Server[] = [];
  const problems: string[] = [];

  async function start(options: Partial<ServeOptions>): Promise<string> {
    const { model, tokenizer, generationConfig } = loaded;
    const { endTokenIds } = generationConfig;
    const server = await serve({ model, tokenizer, endTokenIds, modelId: 'tales', port: 0, ...options });
    servers.push(server);
    return `${server.url.replace('localhost', '127.0.0.1')}/v1`;
  }

  beforeAll(async () => {
    [served, browser, loaded, plain] = await Promise.all([
      servePlayground(),
      openBrowser(executablePath!),
      load('tales'),
      plainServer(),
    ]);
    visitor = await visit(browser, served, problems);
    page = visitor.page;
    await visitor.open(served.url);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    for (const server of servers) await server.stop();
    plain?.close();
    await loaded?.dispose();
  });

  async function connect(address: string, { model = 'tales', apiKey = key, dialect = 'nexttoken' } = {}) {
    if (await page.locator('#models').isHidden()) await page.click('#models-open');
    if (!(await page.locator('#remote-address').isVisible())) await page.click('#remote summary');
    await page.fill('#remote-address', address);
    await page.fill('#remote-model', model);
    await page.selectOption('#remote-dialect', dialect);
    await page.fill('#remote-key', apiKey);
    await page.setInputFiles('#remote-tokenizer', join(tinyModelPath('tales'), 'tokenizer.json'));
    await page.click('#remote-connect');
  }

  /** What the page says, and that the model from before still answers. */
  async function refusal(words: RegExp): Promise<void> {
    await expect.poll(() => page.locator('#notice').textContent(), { timeout: 20_000 }).toMatch(words);
    await page.waitForSelector('body.live');
    expect(await page.locator('#model-name').textContent()).toBe('tales');
    expect((await visitor.rows())[0]?.token).toBe('␣Paris');
    await page.locator('#notice button').click();
    await page.locator('#notice').waitFor({ state: 'hidden' });
  }

  test('what is missing in the form is told before anything is asked', async () => {
    await connect('');
    await refusal(/address is missing/);
    await connect('https://example.com/v1');
    await refusal(/on this computer only .* not example\.com/);
    await connect('http://127.0.0.1:1/v1', { model: '' });
    await refusal(/name on that server is missing/);
    expect(problems).toEqual([]);
  });

  test('a wrong address, a page that may not ask, a wrong key, a missing model, no candidates: each in its words', async () => {
    await connect('http://127.0.0.1:1/v1');
    await refusal(
      /request-failed http:\/\/127\.0\.0\.1:1\/v1 does not answer this page: .*--cors-origin http:/,
    );
    const silent = await start({});
    await connect(silent);
    await refusal(/does not answer this page: .*CORS/);
    const { origin } = new URL(served.url);
    const address = await start({ corsOrigins: [origin], apiKeys: [key] });
    await connect(address, { apiKey: 'wrong-key' });
    await refusal(/access-denied .* refuses the key \(status 401\)/);
    expect(await page.content()).not.toContain('wrong-key</');
    await connect(address, { model: 'storeis' });
    await refusal(/model-not-found .* has no model "storeis"; it has tales/);
    await connect(address.replace('/v1', ''));
    await refusal(/most addresses end in \/v1/);
    await connect(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/v1`, { dialect: 'vllm' });
    await refusal(/unsupported-capability .* tells no candidates/);
  });

  test('its candidates are those of the model itself; steps, sliders and branches work as with any model', async () => {
    const local = await visitor.rows();
    const address = await start({ corsOrigins: [new URL(served.url).origin], apiKeys: [key] });
    await connect(address);
    const name = `tales @ ${new URL(address).host}`;
    await page.waitForFunction(
      (wanted) =>
        document.querySelector('#model-name')?.textContent === wanted && document.body.matches('.live'),
      name,
    );
    await visitor.painted();
    expect(await visitor.status()).toMatch(/^server/);
    const rows = await visitor.rows();
    expect(rows.map(({ token }) => token)).toEqual(local.map(({ token }) => token));
    for (const [place, { logit }] of rows.entries())
      expect(Math.abs(logit - local[place]!.logit)).toBeLessThan(0.11);
    await page.click('#step');
    await visitor.waitForTaken(1);
    expect(await visitor.text()).toBe(`${prompt} Paris`);
    const passes = await visitor.passes();
    await visitor.slide('top-k', 2);
    expect((await visitor.rows()).filter(({ removed }) => !removed).length).toBeLessThan(5);
    expect(await visitor.passes()).toBe(passes);
    await visitor.show('Model');
    await expect.poll(() => page.locator('#band .notice').textContent()).toMatch(/nothing to look into/);
    await visitor.show('Next');
    // Nobody but the servers of this test was asked, and the page itself never failed.
    const expected = /asked for http:\/\/127\.0\.0\.1:|Failed to load resource|blocked by CORS policy/;
    expect(problems.filter((problem) => !expected.test(problem))).toEqual([]);
    expect(await page.evaluate(() => location.href)).not.toContain(key);
  });
});
