import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service } from '../request/service';
import { ApiError, shuttingDown, toApiError } from './api-error';
import { allowOrigin } from './cross-origin';
import { route } from './route';
import { sendError } from './send-json';

/** What every request is handled with. */
export interface Handling {
  readonly service: Service;
  readonly origins: readonly string[];
  readonly checkHost: (request: IncomingMessage) => void;
  readonly checkKey: (request: IncomingMessage) => void;
  readonly isClosing: () => boolean;
  /** The requests that run; aborting one ends it at the next step border. */
  readonly running: Set<AbortController>;
  readonly onError: (error: unknown) => void;
}

function refuseIfClosing({ isClosing }: Handling): void {
  if (isClosing()) throw shuttingDown('the server is shutting down');
}

/** Answers one request, whatever comes of it. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const begin = performance.now();
  const { service, onError, running } = handling;
  const controller = new AbortController();
  const { signal } = controller;
  let name = 'unknown';
  let left = false;
  running.add(controller);
  response.once('close', () => {
    running.delete(controller);
    left = !response.writableFinished;
    if (left) controller.abort(new DOMException('the client left', 'AbortError'));
  });
  try {
    handling.checkHost(request);
    refuseIfClosing(handling);
    if (allowOrigin(request, response, handling.origins)) return;
    const found = route(request.url ?? '');
    name = found.name;
    const { method, isOpen = false } = found.endpoint;
    if (!isOpen) handling.checkKey(request);
    if (request.method !== method)
      throw new ApiError(405, `use ${method}`, { code: 'method_not_allowed', headers: { allow: method } });
    await found.endpoint.answer({ request, response, service, begin, signal });
  } catch (error) {
    const shown = signal.aborted ? shuttingDown('the server was stopped') : toApiError(error);
    if (shown.status === 500) onError(error);
    sendError(response, shown);
  } finally {
    service.metrics.request(name, left ? 499 : response.statusCode);
  }
}
