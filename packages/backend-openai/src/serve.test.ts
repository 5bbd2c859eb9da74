import { testStreamModel } from '@nexttoken/backend-testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { liveStreams } from './stream/live-streams';
import { openAIStreamModel } from './stream/openai-stream-model';
import { testKey, useServe } from './testing/use-serve';

const site = useServe();

testStreamModel({
  name: 'nexttoken serve over HTTP',
  runner: { describe, test, beforeAll, afterAll },
  createModel: async () =>
    openAIStreamModel({ baseURL: site.baseURL, model: 'tales', dialect: 'nexttoken', apiKey: testKey }),
  prompts: {
    ids: [
      [1, 5, 9, 200, 31],
      [4, 400, 22],
      [7, 7, 90, 12],
    ],
  },
  liveHandles: liveStreams,
  secrets: [testKey],
});
