import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { suppressTokens } from './suppress-tokens';

const gone = Number.NEGATIVE_INFINITY;

describe('suppressTokens', () => {
  test.each([
    [[1], [0, gone, 2]],
    [
      [2, 2, 0],
      [gone, 1, gone],
    ],
    [
      [0, 1, 2],
      [gone, gone, gone],
    ],
    [[99], [0, 1, 2]],
    [[], [0, 1, 2]],
    [Int32Array.of(1), [0, gone, 2]],
  ])('%j', (ids, expected) => {
    expect(runPlain(suppressTokens(ids), [0, 1, 2])).toEqual(expected);
  });

  test('is data of its own', () => {
    const ids = [1];
    const processor = suppressTokens(ids);
    ids[0] = 0;
    expect(processor).toMatchObject({ type: 'suppressTokens', parameters: { ids: [1] } });
  });

  test.each([[[-1]], [[0.5]], [5], [null]] as never[][])('refuses %j', (ids) => {
    expect(() => suppressTokens(ids as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
