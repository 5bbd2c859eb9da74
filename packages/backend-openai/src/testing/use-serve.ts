import { type LoadedModel, load } from '@nexttoken/load';
import { type ServeOptions, type Server, serve } from '@nexttoken/serve';
import { afterAll, beforeAll } from 'vitest';

/** A real server with the embedded chat model, for the tests of one file. */
export interface ServeSite {
  readonly loaded: LoadedModel;
  readonly server: Server;
  /** What a client calls the base URL. */
  readonly baseURL: string;
}

export const testKey = 'a-key-that-nobody-should-see';

export function useServe(options: Partial<ServeOptions> = {}): ServeSite {
  let loaded: LoadedModel;
  let server: Server;
  beforeAll(async () => {
    loaded = await load('tales-chat');
    const { model, tokenizer, chatTemplate, generationConfig } = loaded;
    const { endTokenIds } = generationConfig;
    const site = {
      model,
      tokenizer,
      chatTemplate,
      endTokenIds,
      modelId: 'tales',
      port: 0,
      apiKeys: [testKey],
    };
    server = await serve({ ...site, ...options });
  });
  afterAll(async () => {
    await server?.stop();
    await loaded?.dispose();
  });
  return {
    get loaded() {
      return loaded;
    },
    get server() {
      return server;
    },
    get baseURL() {
      return `${server.url}/v1`;
    },
  };
}
