import { testStreamModel } from '@nexttoken/backend-testkit';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { liveStreams } from './stream/live-streams';
import { openAIStreamModel } from './stream/openai-stream-model';
import { findLlamaPython, type LlamaServer, startLlamaServer } from './testing/llama-server';

const gguf = 'data/models/stories260k/stories260k-f32.gguf';
const key = 'a-key-of-llama';
const python = await findLlamaPython();
const missing = [
  ...(python ? [] : ['no Python with llama-cpp-python[server]; name one in NEXTTOKEN_LLAMA_PYTHON']),
  ...(hasShared ? [] : [`shared/${gguf} is absent`]),
];
if (missing.length > 0) console.info(`skipped: a real llama.cpp server: ${missing.join('; ')}`);

describe.skipIf(missing.length > 0)('a real llama.cpp server', () => {
  let server: LlamaServer;
  beforeAll(async () => {
    server = await startLlamaServer(python!, sharedPath(gguf), key);
  }, 120_000);
  afterAll(() => server?.close());

  testStreamModel({
    name: 'llama.cpp by llama-cpp-python, stories260k',
    runner: { describe, test, beforeAll, afterAll },
    createModel: async () =>
      openAIStreamModel({
        baseURL: server.baseURL,
        model: 'stories',
        dialect: 'llama-cpp-python',
        apiKey: key,
      }),
    liveHandles: liveStreams,
    secrets: [key],
  });
});
