import { describe, expect, test } from 'vitest';
import { contextOf } from '../testing/run-processor';
import { type SuppressTokensAtBeginOptions, suppressTokensAtBegin } from './suppress-tokens-at-begin';

const gone = Number.NEGATIVE_INFINITY;

/** Whether token 1 is removed from a row of this length behind a prompt of that length. */
function acts(options: SuppressTokensAtBeginOptions, length: number, promptLength: number): boolean {
  const scores = Float32Array.of(0, 1, 2);
  const context = contextOf(new Array(length).fill(0), promptLength);
  suppressTokensAtBegin([1, 99], options).process(scores, context, undefined);
  expect([0, 2].map((id) => scores[id])).toEqual([0, 2]);
  return scores[1] === gone;
}

describe('suppressTokensAtBegin', () => {
  test.each([
    [{}, 3, [3]],
    [{}, 0, [0]],
    [{ beginIndex: 2 }, 3, [2]],
    [{ beginIndex: 0 }, 3, [0]],
    [{ afterForcedBos: true }, 1, [2]],
    [{ afterForcedBos: true }, 0, [1]],
    [{ afterForcedBos: true }, 2, [2]],
    [{ afterForcedBos: false }, 1, [1]],
  ])('%j behind a prompt of %d acts at the lengths %j', (options, promptLength, lengths) => {
    const acting = [0, 1, 2, 3, 4, 5].filter((length) => acts(options, length, promptLength));
    expect(acting).toEqual(lengths);
  });

  test('is data', () => {
    expect(suppressTokensAtBegin([1])).toMatchObject({
      type: 'suppressTokensAtBegin',
      parameters: { ids: [1], afterForcedBos: false },
    });
    expect(suppressTokensAtBegin([1], { beginIndex: 4 }).parameters).toEqual({ ids: [1], beginIndex: 4 });
  });

  test.each([
    [[-1], {}],
    [[1], { beginIndex: -1 }],
    [[1], { afterForcedBos: 1 }],
    [[1], { afterForcedBos: true, beginIndex: 3 }],
  ] as [number[], SuppressTokensAtBeginOptions][])('refuses %j, %j', (ids, options) => {
    expect(() => suppressTokensAtBegin(ids, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
