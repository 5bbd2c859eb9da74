import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openGguf } from '../gguf/open-gguf';
import { caught } from '../testing/caught';
import { tinyGguf, tinyValues } from '../testing/tiny-llama';
import { urlSource } from './url-source';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/folder/tiny.gguf?secret=1`);
    });
  });
}

/** A file behind ranges; `change` may bend the answer. */
function rangesOf(bytes: Uint8Array, requests: string[] = [], tag = () => '"1"'): RequestListener {
  return (request, response) => {
    requests.push(String(request.headers.range));
    const [first, last] = /bytes=(\d+)-(\d+)/.exec(String(request.headers.range))!.slice(1).map(Number);
    response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${bytes.length}`, etag: tag() });
    response.end(bytes.subarray(first, last! + 1));
  };
}

test('a checkpoint behind a URL: only the asked ranges travel', async () => {
  const file = tinyGguf();
  const requests: string[] = [];
  const source = await urlSource(await serve(rangesOf(file, requests)));
  expect(source.size).toBe(file.length);
  expect(source.name).toMatch(/\/folder\/tiny\.gguf$/);
  const checkpoint = await openGguf(source);
  requests.length = 0;
  expect(await checkpoint.read('model.norm.weight')).toEqual(tinyValues.get('model.norm.weight'));
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatch(/^bytes=\d+-\d+$/);
  await checkpoint.close();
  expect(await caught(source.read(0, 1))).toMatchObject({ code: 'disposed' });
});

test('headers are sent, and never shown', async () => {
  const url = await serve((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer hidden' ? 403 : 401).end();
  });
  const error = await caught(urlSource(url, { headers: { authorization: 'Bearer hidden' } }));
  expect(error).toMatchObject({ code: 'request-failed', details: { status: 403 } });
  expect(JSON.stringify([error.message, error.details])).not.toMatch(/hidden|secret/);
});

test.each<[what: string, listener: RequestListener, message: RegExp]>([
  ['no ranges', (_, response) => response.writeHead(200).end('x'.repeat(1000)), /does not answer range/],
  ['not there', (_, response) => response.writeHead(404).end('no'), /answered 404/],
  ['no size', (_, response) => response.writeHead(206, { 'content-range': 'bytes 0-0/*' }).end('x'), /size/],
])('%s: request-failed', async (_, listener, message) => {
  const error = await caught(urlSource(await serve(listener)));
  expect(error.code).toBe('request-failed');
  expect(error.message).toMatch(message);
});

test('a file that changes is no mixture', async () => {
  let version = 0;
  const source = await urlSource(await serve(rangesOf(tinyGguf(), [], () => `"${version}"`)));
  expect(await source.read(0, 4)).toEqual(tinyGguf().slice(0, 4));
  version = 1;
  expect(await caught(source.read(0, 4))).toMatchObject({ code: 'invalid-file' });
});

test('a range that comes short, and a connection that breaks', async () => {
  let asked = 0;
  const url = await serve((request, response) => {
    const [first, last] = /bytes=(\d+)-(\d+)/.exec(String(request.headers.range))!.slice(1).map(Number);
    response.writeHead(206, { 'content-range': `bytes ${first}-${last}/100` });
    if (asked++ === 1) response.end('xy');
    else if (asked > 2) response.write('x', () => response.destroy());
    else response.end('x');
  });
  const source = await urlSource(url);
  expect(await caught(source.read(0, 4))).toMatchObject({ code: 'invalid-file', details: { missing: 2 } });
  expect(await caught(source.read(0, 4))).toMatchObject({ code: 'request-failed' });
});

test('an abort in the middle of a body ends the read at once, with its reason', async () => {
  let asked = 0;
  const url = await serve((request, response) => {
    const [first, last] = /bytes=(\d+)-(\d+)/.exec(String(request.headers.range))!.slice(1).map(Number);
    response.writeHead(206, { 'content-range': `bytes ${first}-${last}/100` });
    if (asked++ === 0) response.end('x');
    else response.write('x');
  });
  const stop = new AbortController();
  const source = await urlSource(url, { signal: stop.signal });
  const reading = source.read(0, 50);
  setTimeout(() => stop.abort(new Error('enough')), 30);
  await expect(reading).rejects.toThrow('enough');
  await expect(source.read(0, 1)).rejects.toThrow('enough');
});

test('unreachable, aborted, no URL', async () => {
  expect(await caught(urlSource('http://127.0.0.1:9/file'))).toMatchObject({ code: 'request-failed' });
  const signal = AbortSignal.abort(new DOMException('enough', 'AbortError'));
  await expect(urlSource('http://127.0.0.1:9/file', { signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await caught(urlSource('model.gguf'))).toMatchObject({ code: 'invalid-parameter' });
  expect(await caught(urlSource('file:///model.gguf'))).toMatchObject({ code: 'invalid-parameter' });
});
