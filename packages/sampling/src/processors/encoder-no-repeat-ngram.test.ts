import { describe, expect, test } from 'vitest';
import { contextOf, run } from '../testing/run-processor';
import { encoderNoRepeatNgram } from './encoder-no-repeat-ngram';

const banned = (scores: Float32Array) =>
  Array.from(scores).flatMap((score, id) => (score === Number.NEGATIVE_INFINITY ? [id] : []));

describe('encoderNoRepeatNgram', () => {
  test.each([
    [2, [0, 1, 2, 0, 5], [4, 0], [1, 5]],
    [3, [0, 1, 2, 0, 1, 3], [0, 1], [2, 3]],
    [3, [0, 1, 2], [1], []],
    [1, [3, 3, 1], [], [1, 3]],
    [2, [], [0], []],
    [2, [0, 99], [0], []],
  ])('n = %d of %j after %j bans %j', (size, encoderIds, ids, expected) => {
    const processor = encoderNoRepeatNgram(size, { encoderIds });
    expect(banned(run(processor, new Float32Array(6), ids))).toEqual(expected);
  });

  test("the input is the row's prompt where none is given: what was generated may repeat itself", () => {
    const scores = new Float32Array(6);
    encoderNoRepeatNgram(2).process(scores, contextOf([0, 1, 3, 0, 2, 0], 3), undefined);
    expect(banned(scores)).toEqual([1]);
  });

  test('is data, and refuses what is illegal', () => {
    expect(encoderNoRepeatNgram(2).parameters).toEqual({ size: 2 });
    expect(encoderNoRepeatNgram(2, { encoderIds: [1] }).parameters).toEqual({ size: 2, encoderIds: [1] });
    expect(() => encoderNoRepeatNgram(0)).toThrow(/size must be an integer >= 1/);
    expect(() => encoderNoRepeatNgram(2, { encoderIds: [-1] })).toThrow(/encoderIds\[0\]/);
    expect(() => encoderNoRepeatNgram(2, { ids: [] } as never)).toThrow(/unknown option ids/);
  });
});
