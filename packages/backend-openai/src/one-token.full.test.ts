import { testBackend } from '@nexttoken/backend-testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openAITokenModel } from './one-token/openai-token-model';
import { probeServer } from './probe/probe-server';
import { testKey, useServe } from './testing/use-serve';

const site = useServe();

// Every call says its whole text to a server: suites that make many calls are left to models that run here.
testBackend({
  name: 'one token at a time, through nexttoken serve',
  runner: { describe, test, beforeAll, afterAll },
  createModel: async () => {
    const server = { baseURL: site.baseURL, model: 'tales', dialect: 'nexttoken', apiKey: testKey };
    return openAITokenModel({ ...server, limits: await probeServer(server) });
  },
  suites: [
    'capabilities',
    'describe',
    'forward',
    'refusal',
    'errors',
    'ownership',
    'concurrency',
    'truncate',
    'ragged rows',
    'select',
    'fork',
    'disposal',
  ],
  tolerance: { absolute: 2e-3 },
});
