import { type LoadedModel, load } from '@nexttoken/load';
import { afterAll, beforeAll } from 'vitest';
import type { ServeOptions, Server } from '../http/server-options';
import { serve } from '../serve';

/** A server with the embedded chat model, for the tests of one file. */
export interface TestServer {
  readonly loaded: LoadedModel;
  readonly server: Server;
  /** `/v1` of the server: what clients call the base URL. */
  readonly base: string;
  /** A further server with the same model. */
  start(options?: Partial<ServeOptions>): Promise<Server>;
  /** Asks with JSON. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

export function useServer(options: Partial<ServeOptions> = {}): TestServer {
  let loaded: LoadedModel;
  let server: Server;
  const started: Server[] = [];
  const start = async (more: Partial<ServeOptions> = {}): Promise<Server> => {
    const { model, tokenizer, chatTemplate, generationConfig } = loaded;
    const { endTokenIds } = generationConfig;
    const next = await serve({
      model,
      tokenizer,
      chatTemplate,
      endTokenIds,
      modelId: 'tales',
      port: 0,
      ...more,
    });
    started.push(next);
    return next;
  };
  beforeAll(async () => {
    loaded = await load('tales-chat');
    server = await start(options);
  });
  afterAll(async () => {
    await Promise.all(started.map((each) => each.stop()));
    await loaded?.dispose();
  });
  return {
    get loaded() {
      return loaded;
    },
    get server() {
      return server;
    },
    get base() {
      return `${server.url}/v1`;
    },
    start,
    post: (path, body, init = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', ...init.headers },
      }),
  };
}
