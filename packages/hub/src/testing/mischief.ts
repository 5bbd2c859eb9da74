import type { IncomingMessage, ServerResponse } from 'node:http';
import { noise } from './noise';

export type Answer = (request: IncomingMessage, response: ServerResponse, content: Uint8Array) => boolean;

const rangeOf = (request: IncomingMessage, content: Uint8Array): [number, number] => {
  const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
  return range ? [Number(range[1]), Number(range[2]) + 1] : [0, content.length];
};

/** One way to misbehave for each number; what none of them does is answered honestly. */
export function mischief(draw: () => number): Answer {
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
