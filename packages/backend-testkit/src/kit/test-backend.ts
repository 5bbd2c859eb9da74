import { invalidParameter } from '@nexttoken/model';
import { suites } from '../suites/suites';
import type { BackendTestOptions } from './backend-test-options';
import { defineSuites } from './define-suites';
import { createKit } from './kit';
import { unmetNeed } from './unmet-need';

/** The names that the option `suites` takes, in the order in which they run. */
export const suiteNames: readonly string[] = suites.map((suite) => suite.name);

/**
 * Defines the conformance tests of one backend with the given test runner: one `describe` a suite, one
 * `test` a promise of the contract. Tests of a capability that the model declares absent are skipped and
 * print why.
 *
 * The yardstick is the backend itself (a fresh session that reads the same text in one call), plus
 * `reference`, the answers of somebody else, where they are given.
 *
 * Cost: texts of up to 257 positions and one of the whole context if that is at most 1,024; about 1,400
 * calls of `forward` with 25,000 positions, and four models.
 * @throws NextTokenError `invalid-parameter` for an illegal option
 */
export function testBackend(options: BackendTestOptions): void {
  checkOptions(options);
  defineSuites({
    owner: 'testBackend',
    heading: 'backend conformance',
    suites,
    options,
    createKit: () => createKit(options),
    unmet: (needs = {}, kit) => unmetNeed(needs, kit),
  });
}

function checkOptions({ prompt, tolerance }: BackendTestOptions): void {
  if (prompt && new Set(Array.from(prompt)).size < 2) {
    throw invalidParameter('testBackend', 'prompt', Array.from(prompt), 'at least two different ids');
  }
  if (tolerance && !(tolerance.absolute >= 0)) {
    throw invalidParameter('testBackend', 'tolerance.absolute', tolerance.absolute, 'a number >= 0');
  }
}
