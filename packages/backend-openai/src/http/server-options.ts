import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { Dialect } from '../dialects/dialect';

/** Where a server is and how it is asked. */
export interface ServerOptions {
  /** E.g. `http://127.0.0.1:8080/v1`; of Ollama `http://127.0.0.1:11434`. */
  readonly baseURL: string;
  /** The server's name for the model. */
  readonly model: string;
  /** The kind of server, by name (see {@link dialects}), or a description of one's own. */
  readonly dialect: string | Dialect;
  /** Sent as `Authorization: Bearer KEY`; stands in no error, event or description. */
  readonly apiKey?: string | undefined;
  /** Further headers; secret like the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How often a request is repeated that failed before its answer began; an integer >= 0, default 2. */
  readonly maxRetries?: number | undefined;
  /** Seconds until an answer begins; > 0, default 120. */
  readonly timeout?: number | undefined;
  /** Seconds between two pieces of an answer; > 0, default 120. */
  readonly idleTimeout?: number | undefined;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const names = [
  'baseURL',
  'model',
  'dialect',
  'apiKey',
  'headers',
  'maxRetries',
  'timeout',
  'idleTimeout',
  'fetch',
];

/**
 * @param more names of further options
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`
 */
export function checkServerOptions(
  owner: string,
  options: ServerOptions,
  more: readonly string[] = [],
): void {
  checkOptionNames(owner, options, [...names, ...more]);
  const { baseURL, model, apiKey, maxRetries = 2, timeout = 120, idleTimeout = 120 } = options;
  let protocol = '';
  try {
    const { username, password, protocol: given } = new URL(baseURL);
    protocol = username || password ? '' : given;
  } catch {
    // Told below.
  }
  if (protocol !== 'http:' && protocol !== 'https:')
    throw invalidParameter(owner, 'baseURL', '…', 'an http or https URL without user and password');
  if (typeof model !== 'string' || model === '')
    throw invalidParameter(owner, 'model', model, 'the name of a model');
  if (apiKey !== undefined && (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)))
    throw invalidParameter(owner, 'apiKey', '…', 'printable ASCII without spaces');
  if (!Number.isInteger(maxRetries) || maxRetries < 0)
    throw invalidParameter(owner, 'maxRetries', maxRetries, 'an integer >= 0');
  for (const [name, value] of Object.entries({ timeout, idleTimeout }))
    if (!(typeof value === 'number' && value > 0)) throw invalidParameter(owner, name, value, 'seconds > 0');
}
