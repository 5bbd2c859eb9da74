import { afterAll, beforeAll, describe, test } from 'vitest';
import { testBackend } from '../kit/test-backend';
import { childProcess } from '../node/child-process';
import { ReferenceModel } from './reference-model';
import { referenceOutputLayer } from './reference-output-layer';

const models: ReferenceModel[] = [];
const createModel = async () => {
  const model = new ReferenceModel({ capabilities: { maxRows: 8 } });
  models.push(model);
  return model;
};

testBackend({
  name: 'reference model',
  runner: { describe, test, beforeAll, afterAll },
  createModel,
  outputLayer: referenceOutputLayer,
  childProcess: childProcess(new URL('./exit/reference-child.ts', import.meta.url), {
    nodeArguments: ['--import', 'tsx', '--conditions=@nexttoken/source'],
  }),
  liveHandles: () => ({ sessions: models.reduce((sum, model) => sum + model.sessions.size, 0) }),
});
