import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { categorical } from '../samplers/categorical';
import { contextOf } from '../testing/run-processor';
import { type ExponentialDecayLengthOptions, exponentialDecayLength } from './exponential-decay-length';

const gone = Number.NEGATIVE_INFINITY;

function run(
  factor: number,
  options: ExponentialDecayLengthOptions,
  [row, length, promptLength]: readonly [number[], number, number],
): number[] {
  const scores = Float32Array.from(row);
  const context = contextOf(new Array(length).fill(0), promptLength);
  exponentialDecayLength(factor, options).process(scores, context, undefined);
  return Array.from(scores);
}

describe('exponentialDecayLength', () => {
  test.each([
    // Two tokens beyond the start: 1.5² - 1 = 1.25 times the absolute value is added.
    [1.5, { start: 1, endTokenIds: [0] }, [[-2, 3], 7, 4], [0.5, 3]],
    [1.5, { start: 1, endTokenIds: [1] }, [[-2, 4], 7, 4], [-2, 9]],
    [1.5, { start: 3, endTokenIds: [0] }, [[-2, 3], 7, 4], [-2, 3]],
    [2, { start: 0, endTokenIds: [0, 1, 1] }, [[-2, 3], 5, 4], [0, 6]],
    [2, { start: 0, endTokenIds: [0], promptLength: 3 }, [[-2, 3], 5, 4], [4, 3]],
    [0.5, { start: 0, endTokenIds: [0] }, [[-2, 3], 5, 4], [-3, 3]],
  ] as const)('factor %d, %j', (factor, options, [row, length, prompt], expected) => {
    expect(run(factor, options, [[...row], length, prompt])).toEqual([...expected]);
  });

  test('1 is neutral, also for a removed token', () => {
    expect(run(1, { start: 0, endTokenIds: [0, 1] }, [[-0, gone], 9, 1])).toEqual([-0, gone]);
  });

  test('a removed end token becomes NaN, which the sampler refuses', () => {
    const row = run(1.1, { start: 0, endTokenIds: [1] }, [[2, gone], 9, 1]);
    expect(row[1]).toBeNaN();
    expect(() =>
      categorical().sample(Float32Array.from(row), { random: createRandom(1), row: 0 }, undefined),
    ).toThrow(expect.objectContaining({ code: 'invalid-scores' }));
  });

  test('is data; an id beyond the row is an error when it runs', () => {
    expect(exponentialDecayLength(1.1, { start: 5, endTokenIds: [2] })).toMatchObject({
      type: 'exponentialDecayLength',
      parameters: { factor: 1.1, start: 5, endTokenIds: [2] },
    });
    expect(() => run(1.1, { start: 0, endTokenIds: [2] }, [[1, 2], 3, 1])).toThrow(
      expect.objectContaining({ code: 'invalid-token-id' }),
    );
  });

  test.each([
    [0, { start: 0, endTokenIds: [1] }],
    [-1, { start: 0, endTokenIds: [1] }],
    [Infinity, { start: 0, endTokenIds: [1] }],
    [1.1, { start: -1, endTokenIds: [1] }],
    [1.1, { start: 0.5, endTokenIds: [1] }],
    [1.1, { start: 0, endTokenIds: [] }],
    [1.1, { start: 0, endTokenIds: [-3] }],
    [1.1, { start: 0, endTokenIds: [1], promptLength: -1 }],
  ])('refuses %d, %j', (factor, options) => {
    expect(() => exponentialDecayLength(factor, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
