import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error';
import { isShallow } from './check-depth';

const deepest = 64;

const tooLarge = (limit: number): ApiError =>
  new ApiError(413, `the request body is larger than ${limit} bytes`, {
    code: 'request_too_large',
    headers: { connection: 'close' },
  });

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/**
 * The JSON object that a request brings.
 * @param limit bytes that it may have
 * @throws ApiError 413 for more; 415 for another content type (so that no web page can send it unasked); 400 for
 *   what is no JSON object in UTF-8, or nested deeper than 64
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new ApiError(415, 'the content type must be application/json', { code: 'unsupported_media_type' });
  if (request.headers['content-encoding'] !== undefined)
    throw new ApiError(415, 'the request body must not be compressed', { code: 'unsupported_media_type' });
  const bytes = await readBytes(request, limit);
  if (!isShallow(bytes, deepest))
    throw new ApiError(400, `the request body is nested deeper than ${deepest}`, { code: 'invalid_json' });
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError(400, 'the request body is no JSON in UTF-8', { code: 'invalid_json' });
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>;
  throw new ApiError(400, 'the request body must be a JSON object', { code: 'invalid_json' });
}
