import { afterAll, beforeAll, describe, test } from 'vitest';
import { testBackend } from '../kit/test-backend';
import { ReferenceModel } from './reference-model';

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
  liveHandles: () => ({ sessions: models.reduce((sum, model) => sum + model.sessions.size, 0) }),
});
