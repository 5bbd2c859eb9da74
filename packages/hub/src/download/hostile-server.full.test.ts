import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { expect, test } from 'vitest';
import { gitDigest, sha256 } from '../testing/hub-server';
import { files, filesBelow, id, noise, testHub } from '../testing/test-hub';
import { downloadModel } from './download-model';

type Answer = (request: IncomingMessage, response: ServerResponse, content: Uint8Array) => boolean;

const rangeOf = (request: IncomingMessage, content: Uint8Array): [number, number] => {
  const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
  return range ? [Number(range[1]), Number(range[2]) + 1] : [0, content.length];
};

/** One way to misbehave for each number; what none of them does is answered honestly. */
function mischief(draw: () => number): Answer {
  const partial = (
    request: IncomingMessage,
    response: ServerResponse,
    content: Uint8Array,
    total = content.length,
  ) => {
    const [start, end] = rangeOf(request, content);
    response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${total}` });
    return [start, end] as const;
  };
  const kinds: Answer[] = [
    () => false,
    () => false,
    (request, response, content) => {
      const [start, end] = partial(request, response, content);
      const cut = start + Math.floor(draw() * (end - start));
      response.write(content.subarray(start, cut), () => setTimeout(() => response.destroy(), 2));
      return true;
    },
    (request, response, content) => {
      const [start, end] = partial(request, response, content);
      const wrong = content.slice(start, end);
      wrong[Math.floor(draw() * wrong.length)]! ^= 1 + Math.floor(draw() * 255);
      response.end(wrong);
      return true;
    },
    (_, response) => {
      response
        .writeHead([429, 500, 503][Math.floor(draw() * 3)]!, draw() < 0.5 ? { 'retry-after': '0' } : {})
        .end('busy');
      return true;
    },
    (request, response) => {
      response.writeHead(302, { location: draw() < 0.5 ? String(request.url) : '/elsewhere' }).end();
      return true;
    },
    (request, response, content) => {
      const [start, end] = partial(request, response, content, content.length + Math.floor(draw() * 9) - 4);
      response.end(content.subarray(start, end));
      return true;
    },
    () => true,
    (_, response, content) => {
      response.writeHead(200, { 'content-length': content.length }).end(content);
      return true;
    },
    (request, response, content) => {
      const [start] = partial(request, response, content);
      response.end(noise(content.length - start + 7, Math.floor(draw() * 99)));
      return true;
    },
    (_, response) => {
      response.writeHead([403, 404, 410][Math.floor(draw() * 3)]!).end();
      return true;
    },
    (_, response) => {
      response.socket?.destroy();
      return true;
    },
  ];
  return (...request) => kinds[Math.floor(draw() * kinds.length)]!(...request);
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

test('200 seeded runs against a hostile server: the right bytes or a typed error, never a wrong file', async () => {
  const wanted = { ...files, 'model.safetensors': noise(9 << 20, 4) };
  const digests = new Set(Object.values(wanted).flatMap((bytes) => [sha256(bytes), gitDigest(bytes)]));
  const ends: Record<string, number> = {};
  for (let seed = 1; seed <= 200; seed++) {
    const draw = random(seed * 7919);
    const answer = mischief(draw);
    const { options, cache } = await testHub({
      files: wanted,
      misbehave: (...request) => (draw() < 0.35 ? answer(...request) : false),
    });
    const patience = { ...options, stallAfter: 60, longestWait: 4, attempts: 3 };
    const end = await downloadModel(id, patience).then(
      () => 'whole',
      (error: unknown) => {
        expect(error, `seed ${seed}`).toBeInstanceOf(NextTokenError);
        return (error as NextTokenError).code;
      },
    );
    ends[end] = (ends[end] ?? 0) + 1;
    for (const path of await filesBelow(cache)) {
      if (path.includes('nexttoken-part') || path.includes('/refs/')) continue;
      const bytes = await readFile(join(cache, path));
      expect(digests.has(sha256(bytes)), `seed ${seed}: ${path}`).toBe(true);
      if (path.includes('/blobs/')) expect([sha256(bytes), gitDigest(bytes)]).toContain(basename(path));
      else expect(bytes.equals(wanted[basename(path) as keyof typeof wanted])).toBe(true);
    }
  }
  console.info(`hostile server, 200 runs: ${JSON.stringify(ends)}`);
  expect(ends.whole).toBeGreaterThan(20);
  expect(Object.keys(ends).length).toBeGreaterThan(3);
}, 600_000);
