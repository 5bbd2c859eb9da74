import type { Capabilities, LanguageModel } from '@nexttoken/model';
import { createTestSession } from './test-session';

export interface TestModelOptions {
  readonly vocabSize: number;
  /** Default: no limit. */
  readonly contextLength?: number;
  /** Positions computed between two progress reports; default 4. */
  readonly chunkSize?: number;
  readonly allPositions?: boolean;
  /** The logits that follow these ids: everything the model knows. */
  logitsAfter(ids: readonly number[]): ArrayLike<number>;
}

/** What the model has seen, for tests to look at. */
export interface TestModelLog {
  liveSessions: number;
  createdSessions: number;
  /** The rows of every `forward` that was accepted. */
  readonly forwards: number[][][];
  /** How often somebody wrote into a logits buffer that belongs to the model. */
  overwrittenLogits: number;
}

export interface TestModel extends LanguageModel {
  readonly log: TestModelLog;
  readonly options: TestModelOptions;
}

/**
 * A language model in memory whose logits are a function of the ids so far. It keeps the whole session
 * contract strictly: one call at a time, chunked reading, aborts that take back, one logits buffer that
 * the next call spoils.
 */
export function createTestModel(options: TestModelOptions): TestModel {
  const { vocabSize, contextLength = Number.POSITIVE_INFINITY, allPositions = true } = options;
  const capabilities: Capabilities = {
    logits: 'full',
    allPositions,
    hiddenStates: false,
    attention: false,
    maxRows: Number.POSITIVE_INFINITY,
    select: true,
    truncate: true,
    fork: true,
    contextLength,
    device: 'test',
  };
  const model: TestModel = {
    specification: 'nexttoken-model-1',
    modelId: 'test',
    vocabSize,
    capabilities,
    options,
    log: { liveSessions: 0, createdSessions: 0, forwards: [], overwrittenLogits: 0 },
    createSession: async ({ rows = 1 } = {}) =>
      createTestSession(
        model,
        Array.from({ length: rows }, () => []),
      ),
    describe: () => ({ backend: 'test', device: 'test', dtype: 'fp32', cache: 'ids' }),
    dispose: async () => undefined,
  };
  return model;
}
