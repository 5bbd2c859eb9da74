import { describe, expect, test } from 'vitest';
import { contextOf, runPlain } from '../testing/run-processor';
import { encoderRepetitionPenalty } from './encoder-repetition-penalty';

const gone = Number.NEGATIVE_INFINITY;

describe('encoderRepetitionPenalty', () => {
  test.each([
    ['raises what the input holds', { encoderIds: [0, 1] }, [8, -2, 4, 4]],
    ['once for each distinct id', { encoderIds: [0, 0, 0] }, [8, -4, 4, 4]],
    ['ids beyond the vocabulary are passed over', { encoderIds: [9, 3] }, [4, -4, 4, 8]],
    ['an empty input', { encoderIds: [] }, [4, -4, 4, 4]],
    ['typed arrays', { encoderIds: Int32Array.of(2) }, [4, -4, 8, 4]],
  ])('%s', (_name, options, expected) => {
    expect(runPlain(encoderRepetitionPenalty(2, options), [4, -4, 4, 4], [3])).toEqual(expected);
  });

  test("the input is the row's prompt where none is given, and nothing of what was generated", () => {
    const scores = Float32Array.of(4, -4, 4, 4);
    encoderRepetitionPenalty(2).process(scores, contextOf([0, 1, 2], 2), undefined);
    expect(Array.from(scores)).toEqual([8, -2, 4, 4]);
  });

  test('removed tokens stay removed; 1 is neutral; below 1 it lowers', () => {
    expect(runPlain(encoderRepetitionPenalty(2), [gone, 0], [0, 1])).toEqual([gone, 0]);
    expect(runPlain(encoderRepetitionPenalty(1), [-0, 3], [0, 1])).toEqual([-0, 3]);
    expect(runPlain(encoderRepetitionPenalty(0.5), [4, -4], [0, 1])).toEqual([2, -8]);
  });

  test('is data', () => {
    expect(encoderRepetitionPenalty(1.5).parameters).toEqual({ penalty: 1.5 });
    expect(encoderRepetitionPenalty(1.5, { encoderIds: Int32Array.of(2, 3) }).parameters).toEqual({
      penalty: 1.5,
      encoderIds: [2, 3],
    });
  });

  test.each([
    [0, {}],
    [-1, {}],
    [1e-45, {}],
    [Number.NaN, {}],
    [2, { encoderIds: [0.5] }],
    [2, { encoderIds: [-1] }],
    [2, { encoderIds: 5 as never }],
  ])('refuses %d, %j', (penalty, options) => {
    expect(() => encoderRepetitionPenalty(penalty, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => encoderRepetitionPenalty(2, { ids: [] } as never)).toThrow(/did you mean encoderIds/);
  });
});
