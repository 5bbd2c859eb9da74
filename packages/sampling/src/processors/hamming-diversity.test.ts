import { describe, expect, test } from 'vitest';
import { contextOf } from '../testing/run-processor';
import { hammingDiversity } from './hamming-diversity';

const gone = Number.NEGATIVE_INFINITY;

function run(penalty: number, chosenThisStep: number[], row = [1, 2, gone]): number[] {
  const scores = Float32Array.from(row);
  const siblings = { index: 0, ids: [[]], scores: [scores], chosenThisStep };
  hammingDiversity(penalty).process(scores, { ...contextOf(), siblings }, undefined);
  return Array.from(scores);
}

describe('hammingDiversity', () => {
  test.each([
    [0.5, [], [1, 2, gone]],
    [0.5, [1], [1, 1.5, gone]],
    [0.5, [1, 0, 1], [0.5, 1, gone]],
    [0.5, [2, 9], [1, 2, gone]],
    [0, [0, 1, 2], [1, 2, gone]],
  ])('penalty %d, earlier groups chose %j', (penalty, chosen, expected) => {
    expect(run(penalty, chosen)).toEqual(expected);
  });

  test('multiplies and subtracts in float32', () => {
    expect(run(0.1, [0, 0, 0], [0.7])[0]).toBe(
      Math.fround(Math.fround(0.7) - Math.fround(Math.fround(0.1) * 3)),
    );
  });

  test('declares what it needs, and says so where it is missing', () => {
    const processor = hammingDiversity(0.5);
    expect(processor).toMatchObject({
      type: 'hammingDiversity',
      parameters: { penalty: 0.5 },
      requires: { siblings: true },
    });
    expect(() => processor.process(new Float32Array(2), contextOf(), undefined)).toThrow(
      expect.objectContaining({ code: 'unsupported-capability' }),
    );
  });

  test.each([-1, Number.NaN, Infinity])('refuses %d', (penalty) => {
    expect(() => hammingDiversity(penalty)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
