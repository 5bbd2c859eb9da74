import { chatCompletions } from '../endpoints/chat-completions';
import { completions } from '../endpoints/completions';
import type { Endpoint } from '../endpoints/endpoint';
import { modelNamed, models } from '../endpoints/models';
import { health, metrics } from '../endpoints/state';
import { detokenize, tokenize } from '../endpoints/tokenize';
import { ApiError } from './api-error';

const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ['/health', health],
  ['/metrics', metrics],
  ['/tokenize', tokenize],
  ['/detokenize', detokenize],
  ['/v1/models', models],
  ['/v1/completions', completions],
  ['/v1/chat/completions', chatCompletions],
]);

/** An endpoint with the name that metrics know it by. */
export interface Route {
  readonly name: string;
  readonly endpoint: Endpoint;
}

const notFound = (): ApiError => new ApiError(404, 'there is nothing at this path', { code: 'not_found' });

/** The name behind `/v1/models/`; `undefined` where it is no legal one. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * The endpoint of a request. A path is compared as it is: nothing in it is resolved.
 * @throws ApiError 404
 */
export function route(url: string): Route {
  const [path = ''] = url.split('?');
  const endpoint = endpoints.get(path);
  if (endpoint) return { name: path, endpoint };
  const id = path.startsWith('/v1/models/') ? decoded(path.slice('/v1/models/'.length)) : undefined;
  if (id === undefined || id === '') throw notFound();
  return { name: '/v1/models/ID', endpoint: modelNamed(id) };
}
