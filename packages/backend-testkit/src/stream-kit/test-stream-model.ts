import { invalidParameter } from '@nexttoken/model';
import { defineSuites } from '../kit/define-suites';
import { streamSuites } from '../stream-suites/stream-suites';
import { createStreamKit } from './stream-kit';
import type { StreamTestOptions } from './stream-test-options';
import { unmetStreamNeed } from './unmet-stream-need';

/** The names that the option `suites` of {@link testStreamModel} takes, in the order in which they run. */
export const streamSuiteNames: readonly string[] = streamSuites.map(({ name }) => name);

/**
 * Defines the conformance tests of one `StreamModel` with the given test runner, as `testBackend` does for language
 * models: one `describe` a suite, one `test` a promise; what the model declares absent is skipped with a printed reason,
 * and must be refused by name.
 *
 * Cost: about 70 streams of `maxNewTokens` tokens, and up to four models.
 * @throws NextTokenError `invalid-parameter` for an illegal option
 */
export function testStreamModel(options: StreamTestOptions): void {
  const { maxNewTokens = 16 } = options;
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 8) {
    throw invalidParameter('testStreamModel', 'maxNewTokens', maxNewTokens, 'a whole number >= 8');
  }
  defineSuites({
    owner: 'testStreamModel',
    heading: 'stream conformance',
    suites: streamSuites,
    options,
    createKit: () => createStreamKit(options),
    unmet: (needs = {}, kit) => unmetStreamNeed(needs, kit),
  });
}
