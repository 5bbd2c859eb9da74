import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { logitBias } from './logit-bias';

describe('logitBias', () => {
  test('adds in float32 and bans with -Infinity', () => {
    const processor = logitBias([
      [0, 0.1],
      [2, Number.NEGATIVE_INFINITY],
    ]);
    expect(runPlain(processor, [1, 2, 3])).toEqual([Math.fround(1 + Math.fround(0.1)), 2, -Infinity]);
  });

  test('0 and an empty list change no bit', () => {
    expect(runPlain(logitBias([[0, 0]]), [-0])).toEqual([-0]);
    expect(runPlain(logitBias([]), [1, 2])).toEqual([1, 2]);
  });

  test('an id beyond the row is an error when it runs', () => {
    expect(() => runPlain(logitBias([[3, 1]]), [1, 2, 3])).toThrow(
      expect.objectContaining({ code: 'invalid-token-id', details: { id: 3, vocabSize: 3 } }),
    );
  });

  test.each([
    [[[-1, 0]]],
    [[[0.5, 0]]],
    [[[0, Number.NaN]]],
    [[[0, Infinity]]],
    [
      [
        [1, 1],
        [1, 2],
      ],
    ],
  ] as [[number, number][]][])('refuses %j', (biases) => {
    expect(() => logitBias(biases)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
