export type {
  BackendTestOptions,
  LiveHandles,
  ReferenceAnswer,
  TestReport,
  TestRunner,
} from './kit/backend-test-options';
export { suiteNames, testBackend } from './kit/test-backend';
export {
  type CollectedTest,
  type CollectingRunner,
  createCollectingRunner,
} from './runner/create-collecting-runner';
export { createReferenceModel } from './testing/create-reference-model';
export type { ReferenceModelOptions } from './testing/reference-model';
