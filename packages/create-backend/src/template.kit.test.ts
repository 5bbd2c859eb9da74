import { testBackend } from '@nexttoken/backend-testkit';
import { childProcess } from '@nexttoken/backend-testkit/node';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createModel, openSessions } from '../template/src/index';

// The template as it stands; create-backend.full.test.ts runs it as a user gets it.
testBackend({
  name: 'the template',
  runner: { describe, test, beforeAll, afterAll },
  createModel: () => createModel(),
  liveHandles: openSessions,
  childProcess: childProcess(new URL('../template/src/testing/child.ts', import.meta.url), {
    nodeArguments: ['--import', 'tsx', '--conditions=@nexttoken/source'],
  }),
});
