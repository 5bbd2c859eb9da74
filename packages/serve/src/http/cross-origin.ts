import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets web pages of these origins (`*`: of all) use the server; without any no header is sent, and browsers keep
 * pages out.
 * @returns whether the request was a browser's question beforehand, which is answered now
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean {
  const { origin } = request.headers;
  if (origins.length === 0 || origin === undefined) return false;
  response.setHeader('vary', 'Origin');
  if (!origins.includes('*') && !origins.includes(origin)) return false;
  response.setHeader('access-control-allow-origin', origins.includes('*') ? '*' : origin);
  response.setHeader('access-control-expose-headers', 'Retry-After');
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
    return false;
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  });
  response.end();
  return true;
}
