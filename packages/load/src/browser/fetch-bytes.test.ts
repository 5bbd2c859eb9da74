import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadProgress } from '../load/load-types';
import { fetchOptional } from './fetch-bytes';

const content = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
const compressed = gzipSync(content);
const server = createServer((request, response) => {
  response.setHeader('connection', 'close');
  if (request.url === '/plain') response.writeHead(200, { 'content-length': content.length }).end(content);
  else if (request.url === '/open') {
    response.write(content);
    response.end();
  } else
    response
      .writeHead(200, { 'content-encoding': 'gzip', 'content-length': compressed.length })
      .end(compressed);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test.each([
  ['plain', content.length],
  ['open', 0],
  ['gzip', 0],
])(
  '%s: every progress tells the bytes done and the announced size, 0 where there is none',
  async (path, total) => {
    const progress: LoadProgress[] = [];
    const bytes = await fetchOptional(new URL(`/${path}`, origin), {
      onProgress: (step) => progress.push(step),
    });
    expect(bytes).toEqual(content);
    expect(progress.every((step) => step.total === total)).toBe(true);
    expect(progress.at(-1)).toEqual({ stage: 'download', done: content.length, total, file: path });
  },
);
