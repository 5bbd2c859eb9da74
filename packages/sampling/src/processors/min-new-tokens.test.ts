import { describe, expect, test } from 'vitest';
import { contextOf } from '../testing/run-processor';
import { minNewTokens } from './min-new-tokens';

const gone = Number.NEGATIVE_INFINITY;
const ids = (length: number) => new Array<number>(length).fill(0);

describe('minNewTokens', () => {
  function run(count: number, length: number, promptLength: number, own?: number): number[] {
    const scores = Float32Array.of(0, 1, 2);
    const options = { endTokenIds: [1], ...(own === undefined ? {} : { promptLength: own }) };
    minNewTokens(count, options).process(scores, contextOf(ids(length), promptLength), undefined);
    return Array.from(scores);
  }

  test.each([
    [2, 5, 4, [0, gone, 2]],
    [2, 6, 4, [0, 1, 2]],
    [2, 4, 4, [0, gone, 2]],
    [0, 4, 4, [0, 1, 2]],
  ])('%d new tokens, row of %d, prompt of %d', (count, length, promptLength, expected) => {
    expect(run(count, length, promptLength)).toEqual(expected);
  });

  test('a prompt length of its own takes precedence', () => {
    expect(run(2, 6, 4, 5)).toEqual([0, gone, 2]);
    expect(run(2, 6, 6, 0)).toEqual([0, 1, 2]);
  });

  test('is data, and refuses what is illegal', () => {
    expect(minNewTokens(2, { endTokenIds: [1] })).toMatchObject({
      type: 'minNewTokens',
      parameters: { count: 2, endTokenIds: [1] },
    });
    expect(() => minNewTokens(-1, { endTokenIds: [1] })).toThrow(/count must be an integer >= 0/);
    expect(() => minNewTokens(1, { endTokenIds: [1], promptLength: -1 })).toThrow(/promptLength/);
    expect(() => minNewTokens(1, { endTokenIds: [] })).toThrow(/endTokenIds/);
  });
});
