import { testBackend } from '@nexttoken/backend-testkit';
import { childProcess } from '@nexttoken/backend-testkit/node';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createModel, openSessions } from './index.js';

testBackend({
  name: 'my backend',
  runner: { describe, test, beforeAll, afterAll },
  createModel: () => createModel(),
  liveHandles: openSessions,
  childProcess: childProcess(new URL('./testing/child.ts', import.meta.url), {
    nodeArguments: ['--import', 'tsx'],
  }),
  // What another engine computed, as soon as you have it: { ids: [1, 2], logits: [/* vocabSize numbers */] }
  reference: [],
});
