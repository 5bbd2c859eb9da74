import { describe, expect, test } from 'vitest';
import { checkOptionNames } from './check-option-names';
import { NextTokenError } from './next-token-error';

function refusal(options: unknown, known: readonly string[]): NextTokenError {
  try {
    checkOptionNames('topK', options as object, known);
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('checkOptionNames', () => {
  test('known names pass, whatever their values', () => {
    expect(() => checkOptionNames('topK', {}, [])).not.toThrow();
    expect(() => checkOptionNames('topK', { seed: undefined, k: -1 }, ['k', 'seed'])).not.toThrow();
  });

  test('names the owner, the option and the nearest known one', () => {
    const known = ['minTokensToKeep', 'k'];
    const error = refusal({ k: 1, min_tokens: 2 }, known);
    expect(error.message).toBe('topK: unknown option min_tokens; did you mean minTokensToKeep?');
    expect(error.code).toBe('unsupported-option');
    expect(error.details).toEqual({ owner: 'topK', option: 'min_tokens', nearest: 'minTokensToKeep', known });
  });

  test('says so where there are no options at all', () => {
    expect(refusal({ k: 1 }, []).message).toBe('topK: unknown option k; it has no options');
  });

  test.each([[null], [undefined], [3], ['text']])('%j is no object', (options) => {
    expect(refusal(options, ['k'])).toMatchObject({
      code: 'invalid-parameter',
      details: { owner: 'topK', parameter: 'options' },
    });
  });
});
