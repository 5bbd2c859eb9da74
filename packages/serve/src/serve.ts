import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NextTokenError } from '@nexttoken/model';
import { batchedModel } from './batch/batched-model';
import { hostChecker, keyChecker } from './http/check-access';
import { handle } from './http/handle';
import { refuseConnection } from './http/raw-error';
import { checkServeOptions } from './http/resolve-options';
import type { ServeOptions, Server } from './http/server-options';
import { ServerMetrics } from './metrics/server-metrics';
import type { Service } from './request/service';
import { Admission } from './run/admission';

const defaultRows = 64;

function createService(options: ServeOptions): Service & { dispose(): Promise<void> } {
  const { tokenizer, chatTemplate, endTokenIds, sendTimeout = 60 } = options;
  const { contextLength, maxRows } = options.model.capabilities;
  const model = batchedModel(options.model, { stepPositions: options.stepPositions ?? 256 });
  const rows = options.maxRows ?? Math.min(defaultRows, maxRows);
  const admission = new Admission(rows, options.maxQueue ?? 256);
  const { eos } = tokenizer.specialTokens;
  return {
    modelId: options.modelId ?? model.modelId,
    created: Math.floor(Date.now() / 1000),
    model,
    tokenizer,
    chatTemplate,
    endTokenIds: endTokenIds ?? (eos === undefined ? [] : [eos]),
    limits: {
      rows,
      promptTokens: options.maxPromptTokens ?? contextLength,
      newTokens: options.maxNewTokens ?? contextLength,
      bodyBytes: options.maxBodyBytes ?? 2 ** 20,
    },
    admission,
    metrics: new ServerMetrics(),
    gauges: () => ({
      runningRows: admission.running,
      waitingRequests: admission.waiting,
      batchSteps: model.statistics.steps,
      batchRows: model.statistics.rows,
      batchPositions: model.statistics.positions,
    }),
    patience: sendTimeout * 1000,
    dispose: () => model.dispose(),
  };
}

function listen(server: HttpServer, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      const message = `serve: cannot listen on ${host}:${port}: ${error.code}`;
      reject(new NextTokenError('request-failed', message, { host, port, reason: error.code }));
    };
    server.once('error', fail).listen(port, host, () => {
      server.off('error', fail);
      resolve(server.address() as AddressInfo);
    });
  });
}

/**
 * Offers a model to every client of OpenAI's API: completions and chats, streamed too, with all of our processors,
 * seeds, any number of log-probabilities, and a trace of every decision. Requests run together in one batch
 * (see {@link batchedModel}); each choice gets the ids that `generate` alone gives with the same options.
 *
 * Paths: `/v1/models`, `/v1/completions`, `/v1/chat/completions`, `/tokenize`, `/detokenize`, `/metrics`, `/health`.
 * Errors are JSON in OpenAI's shape; a field that is not known is one, by name.
 *
 * @param options `model`, `tokenizer`; see {@link ServeOptions}
 * @returns the server, which listens; it does not dispose the model
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`; `request-failed` where the port is taken
 * Source: OpenAI's API reference; further fields under the names of vLLM, transformers and llama.cpp.
 */
export async function serve(options: ServeOptions): Promise<Server> {
  checkServeOptions(options);
  const { host = '127.0.0.1', port = 8080, receiveTimeout = 15, onError = () => undefined } = options;
  const service = createService(options);
  const running = new Set<AbortController>();
  let closing: Promise<void> | undefined;
  const handling = {
    service,
    origins: options.corsOrigins ?? [],
    checkHost: hostChecker(host),
    checkKey: keyChecker(options.apiKeys ?? []),
    isClosing: () => closing !== undefined,
    running,
    onError,
  };
  const server = createServer(
    {
      headersTimeout: receiveTimeout * 1000,
      requestTimeout: receiveTimeout * 1000,
      connectionsCheckingInterval: Math.min(1000, receiveTimeout * 250),
      keepAliveTimeout: 5000,
      maxHeaderSize: 16384,
    },
    (request, response) => {
      response.on('error', () => undefined);
      // Connections that are kept alive would keep a closing server open.
      response.once('finish', () => {
        if (closing) setImmediate(() => server.closeIdleConnections());
      });
      handle(request, response, handling).catch((error: unknown) => {
        onError(error);
        response.destroy();
      });
    },
  );
  server.on('clientError', refuseConnection);
  const address = await listen(server, host, port);

  const close = async (): Promise<void> => {
    service.admission.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    await service.dispose();
  };
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    close: () => {
      closing ??= close();
      return closing;
    },
    stop: () => {
      closing ??= close();
      for (const controller of running)
        controller.abort(new DOMException('the server was stopped', 'AbortError'));
      return closing;
    },
  };
}
