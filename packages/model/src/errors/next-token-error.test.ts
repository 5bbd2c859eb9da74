import { describe, expect, test } from 'vitest';
import { invalidParameter } from './invalid-parameter';
import { NextTokenError } from './next-token-error';

describe('NextTokenError', () => {
  test('carries code, details and cause', () => {
    const cause = new Error('below');
    const error = new NextTokenError(
      'invalid-file',
      'model.safetensors ends early',
      { path: 'm' },
      { cause },
    );
    expect(error).toMatchObject({
      code: 'invalid-file',
      details: { path: 'm' },
      name: 'NextTokenError',
      cause,
    });
  });

  test('is recognised across copies of the package, and nothing else is', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('nexttoken.error')]: true });
    expect(NextTokenError.isInstance(foreign)).toBe(true);
    expect(NextTokenError.isInstance(new Error('x'))).toBe(false);
    expect(NextTokenError.isInstance({ code: 'invalid-file' })).toBe(false);
  });

  test('prints as JSON with its details; details cannot hide the code', () => {
    const error = new NextTokenError('missing-tensor', 'no lm_head', { tensor: 'lm_head', code: 'other' });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'missing-tensor',
      message: 'no lm_head',
      tensor: 'lm_head',
    });
  });

  test('invalidParameter names owner, parameter, range and value', () => {
    const error = invalidParameter('topP', 'p', Number.NaN, 'a number in [0, 1]');
    expect(error.message).toBe('topP: p must be a number in [0, 1], got NaN');
    expect(JSON.parse(JSON.stringify(error)).value).toBe('NaN');
  });
});
