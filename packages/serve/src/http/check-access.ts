import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who may use the server: everybody without keys, else who brings one of them as `Authorization: Bearer KEY`.
 * Compares digests, in a time that tells nothing about the keys.
 */
export function keyChecker(keys: readonly string[]): (request: IncomingMessage) => void {
  const digests = keys.map(digest);
  return ({ headers }) => {
    if (digests.length === 0) return;
    const [, key] = /^bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '') ?? [];
    const given = digest(key ?? '');
    const matches = digests.map((known) => timingSafeEqual(known, given));
    if (key !== undefined && matches.includes(true)) return;
    const message =
      key === undefined ? 'an API key is needed: Authorization: Bearer KEY' : 'the API key is wrong';
    const details = { code: 'invalid_api_key', headers: { 'www-authenticate': 'Bearer' } };
    throw new ApiError(401, message, details);
  };
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Whether only this machine can reach a server that listens there. */
const isLoopback = (host: string): boolean => loopbackNames.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * Refuses requests to a loopback server that name another host: a web page whose name was made to point here
 * (DNS rebinding). A server that listens elsewhere takes every name.
 */
export function hostChecker(host: string): (request: IncomingMessage) => void {
  if (!isLoopback(host)) return () => undefined;
  return ({ headers }) => {
    const name = (headers.host ?? '').replace(/:\d*$/, '').toLowerCase();
    if (isLoopback(name)) return;
    throw new ApiError(403, 'this server answers requests to localhost only', { code: 'invalid_host' });
  };
}
