import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { forcedBos } from './forced-bos';

const gone = Number.NEGATIVE_INFINITY;

describe('forcedBos', () => {
  test.each([
    [[4], [gone, 0, gone]],
    [[], [5, gone, 7]],
    [
      [4, 4],
      [5, gone, 7],
    ],
  ])('behind %j', (ids, expected) => {
    expect(runPlain(forcedBos(1), [5, gone, 7], ids)).toEqual(expected);
  });

  test('is data; an id beyond the row is an error when it runs, and leaves the row alone', () => {
    expect(forcedBos(3)).toMatchObject({ type: 'forcedBos', parameters: { id: 3 } });
    const scores = Float32Array.of(1, 2);
    const context = { ids: [0], promptLength: 1, row: 0, batchItem: 0 };
    expect(() => forcedBos(2).process(scores, context, undefined)).toThrow(
      expect.objectContaining({ code: 'invalid-token-id' }),
    );
    expect(Array.from(scores)).toEqual([1, 2]);
  });

  test.each([-1, 0.5, Number.NaN])('refuses %d', (id) => {
    expect(() => forcedBos(id)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
