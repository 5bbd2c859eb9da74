import { describe, expect, test } from 'vitest';
import { contextOf, runPlain } from '../testing/run-processor';
import { runRows } from '../testing/run-rows';
import { allowTokens } from './allow-tokens';

const gone = Number.NEGATIVE_INFINITY;

describe('allowTokens', () => {
  test('keeps what the function allows, with its bits', () => {
    expect(
      runPlain(
        allowTokens(() => [2, 0]),
        [-0, 1, 2, 3],
      ),
    ).toEqual([-0, gone, 2, gone]);
    expect(
      runPlain(
        allowTokens(() => Int32Array.of(1)),
        [0, gone, 2],
      ),
    ).toEqual([gone, 0, gone]);
  });

  test('the function sees the ids and the batch item', () => {
    const seen: unknown[] = [];
    const processor = allowTokens((ids, batchItem) => {
      seen.push([Array.from(ids), batchItem]);
      return [0];
    });
    processor.process(new Float32Array(2), { ...contextOf([4, 5]), batchItem: 3 }, undefined);
    expect(seen).toEqual([[[4, 5], 3]]);
  });

  test('what was removed before stays removed, unless nothing would be left: then it is forced', () => {
    const processor = allowTokens(() => [0, 1]);
    expect(runPlain(processor, [gone, 5, 6])).toEqual([gone, 5, gone]);
    expect(runPlain(processor, [gone, gone, 6])).toEqual([0, 0, gone]);
  });

  test('an invalid score is not hidden', () => {
    expect(
      runPlain(
        allowTokens(() => [0]),
        [1, Number.NaN, Infinity],
      ),
    ).toEqual([1, Number.NaN, Number.NaN]);
  });

  describe('across beams', () => {
    const processor = allowTokens((ids) => (ids[0] === 9 ? [2] : [0, 1]), { acrossBeams: true });
    const runBoth = (first: number[], second: number[], ids = [[1], [1]]) =>
      runRows([processor, processor], [first, second], ids, { beams: 2 }).map((row) => Array.from(row));

    test('forces only where no beam has anything left', () => {
      expect(runBoth([gone, gone, 6], [1, gone, 6])).toEqual([
        [gone, gone, gone],
        [1, gone, gone],
      ]);
      expect(runBoth([1, gone, 6], [gone, gone, 6])).toEqual([
        [1, gone, gone],
        [gone, gone, gone],
      ]);
      expect(runBoth([gone, gone, 6], [gone, gone, 7])).toEqual([
        [0, 0, gone],
        [0, 0, gone],
      ]);
    });

    test('each beam is judged by what it may say itself', () => {
      expect(runBoth([gone, gone, 6], [1, 1, gone], [[1], [9]])).toEqual([
        [0, 0, gone],
        [gone, gone, 0],
      ]);
      expect(runBoth([gone, gone, 6], [1, 1, 4], [[1], [9]])).toEqual([
        [gone, gone, gone],
        [gone, gone, 4],
      ]);
    });

    test('declares that it needs siblings; by itself it needs none', () => {
      expect(processor.requires).toEqual({ siblings: true });
      expect(allowTokens(() => [0]).requires).toBeUndefined();
      expect(() => runPlain(processor, [gone, gone, 6], [1])).toThrow(
        expect.objectContaining({ code: 'unsupported-capability' }),
      );
    });
  });

  test.each([[[]], [undefined], [3], [[0.5]], [[-1]]] as never[][])(
    'refuses that the function returns %j',
    (result) => {
      expect(() =>
        runPlain(
          allowTokens(() => result as never),
          [1, 2],
        ),
      ).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    },
  );

  test('refuses an id beyond the row, what is no function, and unknown options', () => {
    expect(() =>
      runPlain(
        allowTokens(() => [2]),
        [1, 2],
      ),
    ).toThrow(expect.objectContaining({ code: 'invalid-token-id' }));
    expect(() => allowTokens([1] as never)).toThrow(/allowed must be a function/);
    expect(() => allowTokens(() => [1], { acrossBeams: 1 as never })).toThrow(
      /acrossBeams must be true or false/,
    );
    expect(() => allowTokens(() => [1], { numBeams: 2 } as never)).toThrow(/unknown option numBeams/);
  });
});
