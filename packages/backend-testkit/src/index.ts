export type {
  BackendTestOptions,
  EndedProcess,
  LiveHandles,
  OutputLayer,
  ProcessEnding,
  ReferenceAnswer,
  TestReport,
  TestRunner,
} from './kit/backend-test-options';
export type { SuiteOptions } from './kit/define-suites';
export { suiteNames, testBackend } from './kit/test-backend';
export {
  type CollectedTest,
  type CollectingRunner,
  createCollectingRunner,
} from './runner/create-collecting-runner';
export type { StreamTestOptions, StreamTestPrompts } from './stream-kit/stream-test-options';
export { streamSuiteNames, testStreamModel } from './stream-kit/test-stream-model';
export { createReferenceModel } from './testing/create-reference-model';
export type { ReferenceModelOptions } from './testing/reference-model';
export { createReferenceStreamModel } from './testing/stream/create-reference-stream-model';
export type { ReferenceStreamModelOptions } from './testing/stream/reference-stream-model';
