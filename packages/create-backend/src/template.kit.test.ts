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

// As the guide says: what an author sets to `false` is refused, and its tests are skipped.
testBackend({
  name: 'the template, with all that can be left out left out',
  runner: { describe, test, beforeAll, afterAll },
  createModel: async () => {
    const model = await createModel();
    Object.assign(model.capabilities, { allPositions: false, select: false, truncate: false, fork: false });
    return model;
  },
  liveHandles: openSessions,
  suites: ['capabilities', 'refusal', 'errors'],
});
