import type { ServerResponse } from 'node:http';
import type { ApiError } from './api-error';

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}

/** Answers with an error; where the answer has begun, an event tells it, and the stream ends without `[DONE]`. */
export function sendError(response: ServerResponse, error: ApiError): void {
  if (response.destroyed) return;
  if (!response.headersSent) {
    // The rest of a request that nobody reads: hang up.
    const headers = response.req.complete ? error.headers : { ...error.headers, connection: 'close' };
    sendJson(response, error.status, error.body, headers);
    return;
  }
  response.end(`data: ${JSON.stringify(error.body)}\n\n`);
}
