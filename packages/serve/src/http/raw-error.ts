import type { Duplex } from 'node:stream';
import { ApiError } from './api-error';

const statusTexts: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

const errorOf = (code: string | undefined): ApiError => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new ApiError(408, 'the request took too long to arrive', { code: 'request_timeout' });
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ApiError(431, 'the request headers are too large', { code: 'headers_too_large' });
  return new ApiError(400, 'this is no HTTP request', { code: 'invalid_http' });
};

/** Answers what is no HTTP request, or never becomes one, and hangs up. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = errorOf(error.code);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${statusTexts[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
