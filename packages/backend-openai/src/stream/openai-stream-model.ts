import {
  checkStreamRequest,
  NextTokenError,
  type StreamEvent,
  type StreamModel,
  type StreamRequest,
} from '@nexttoken/model';
import { resolveDialect } from '../dialects/dialects';
import { createHttpClient } from '../http/http-client';
import { checkServerOptions, type ServerOptions } from '../http/server-options';
import type { ServerLimits } from '../probe/server-limits';
import { requestBody } from '../request/request-body';
import { countStream } from './live-streams';
import { readAnswer } from './read-answer';
import { streamCapabilities } from './stream-capabilities';

const owner = 'openAIStreamModel';

export interface StreamModelOptions extends ServerOptions {
  /** What `probeServer` has found; default: what the dialect's documentation says. */
  readonly limits?: ServerLimits | undefined;
}

/**
 * A model on an OpenAI-compatible server, which samples itself: a request in, text out as it is written.
 *
 * The server's own defaults are switched off: a request without processors draws from the model's own distribution.
 * Processors that the server knows are told to it, with their order; all others, and every parameter that it has no
 * field for, are refused by name before anything is sent.
 *
 * @param options `baseURL`, `model`, `dialect`; `apiKey` is sent and shown nowhere else
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`; streams throw `request-failed` (details: url, status,
 *   reason), `access-denied`, `context-overflow`
 *
 * Cost: one request a stream; one that fails before its answer begins is repeated, as `Retry-After` says.
 */
export function openAIStreamModel(options: StreamModelOptions): StreamModel {
  checkServerOptions(owner, options, ['limits']);
  const { model, limits, baseURL } = options;
  const dialect = resolveDialect(owner, options.dialect);
  const client = createHttpClient(options);
  const capabilities = streamCapabilities(dialect, limits);
  const running = new Set<AbortController>();
  let disposed = false;
  const gone = (): NextTokenError => new NextTokenError('disposed', `${owner}: the model was disposed`);

  async function* stream(request: StreamRequest): AsyncGenerator<StreamEvent, void, undefined> {
    if (disposed) throw gone();
    checkStreamRequest(owner, capabilities, request);
    const { path, body } = requestBody(owner, model, dialect, request, capabilities.contextLength);
    const controller = new AbortController();
    const { signal } = controller;
    const follow = (): void => controller.abort(request.signal?.reason);
    const uncount = countStream();
    running.add(controller);
    request.signal?.addEventListener('abort', follow, { once: true });
    const fail = (reason: string): NextTokenError => {
      const shown = client.redact(reason);
      const details = { url: baseURL + path, reason: shown };
      return new NextTokenError('request-failed', `${baseURL}${path}: ${shown}`, details);
    };
    try {
      const response = await client.send(path, body, signal);
      const reading = {
        dialect,
        isChat: 'messages' in request.prompt,
        logprobs: request.logprobs,
        promptLogprobs: request.promptLogprobs,
      };
      for await (const event of readAnswer(client.pieces(response, signal), reading, fail)) {
        yield event;
        if (event.type !== 'finish') signal.throwIfAborted();
      }
    } finally {
      running.delete(controller);
      request.signal?.removeEventListener('abort', follow);
      controller.abort();
      uncount();
    }
  }

  return {
    specification: 'nexttoken-stream-1',
    modelId: model,
    capabilities,
    stream,
    describe: () => ({
      backend: 'openai',
      url: baseURL,
      dialect: dialect.name,
      ...(dialect.beyondControl && { beyondControl: dialect.beyondControl }),
      ...(limits && { limits: { ...limits } }),
    }),
    async dispose() {
      disposed = true;
      for (const controller of running) controller.abort(gone());
    },
  };
}
