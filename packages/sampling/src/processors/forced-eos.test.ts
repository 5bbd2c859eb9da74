import { describe, expect, test } from 'vitest';
import { contextOf } from '../testing/run-processor';
import { type ForcedEosOptions, forcedEos } from './forced-eos';

const gone = Number.NEGATIVE_INFINITY;

function run(
  endTokenIds: number[],
  options: ForcedEosOptions,
  length: number,
  promptLength: number,
): number[] {
  const scores = Float32Array.of(5, gone, 7);
  forcedEos(endTokenIds, options).process(
    scores,
    contextOf(new Array(length).fill(0), promptLength),
    undefined,
  );
  return Array.from(scores);
}

describe('forcedEos', () => {
  test.each([
    [{ maxLength: 4 }, 3, 1, [gone, 0, gone]],
    [{ maxLength: 4 }, 2, 1, [5, gone, 7]],
    [{ maxLength: 4 }, 4, 1, [5, gone, 7]],
    [{ maxNewTokens: 2 }, 3, 2, [gone, 0, gone]],
    [{ maxNewTokens: 2 }, 2, 2, [5, gone, 7]],
    [{ maxNewTokens: 1 }, 2, 2, [gone, 0, gone]],
  ])('%j, row of %d, prompt of %d', (options, length, promptLength, expected) => {
    expect(run([1], options, length, promptLength)).toEqual(expected);
  });

  test('forces every end token', () => {
    expect(run([1, 0, 0], { maxLength: 1 }, 0, 0)).toEqual([0, 0, gone]);
  });

  test('is data; an id beyond the row is an error when it runs', () => {
    expect(forcedEos([2], { maxLength: 9 })).toMatchObject({
      type: 'forcedEos',
      parameters: { endTokenIds: [2], maxLength: 9 },
    });
    expect(forcedEos([2], { maxNewTokens: 9 }).parameters).toEqual({ endTokenIds: [2], maxNewTokens: 9 });
    expect(() => run([3], { maxLength: 1 }, 0, 0)).toThrow(
      expect.objectContaining({ code: 'invalid-token-id' }),
    );
  });

  test.each([
    [[], { maxLength: 4 }],
    [[-1], { maxLength: 4 }],
    [[1], {}],
    [[1], { maxLength: 4, maxNewTokens: 4 }],
    [[1], { maxLength: 0 }],
    [[1], { maxNewTokens: 1.5 }],
  ] as [number[], ForcedEosOptions][])('refuses %j, %j', (endTokenIds, options) => {
    expect(() => forcedEos(endTokenIds, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
