import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { repetitionPenalty } from './repetition-penalty';

const gone = Number.NEGATIVE_INFINITY;

describe('repetitionPenalty', () => {
  test.each([
    ['divides what is positive, multiplies what is negative', {}, [0, 1], [2, -8, 4, 4]],
    ['once for each distinct id', {}, [0, 0, 1, 0, 1], [2, -8, 4, 4]],
    ['no ids', {}, [], [4, -4, 4, 4]],
    ['ids beyond the vocabulary are passed over', {}, [4, 99, -1, 3], [4, -4, 4, 2]],
    ['passes over the beginning', { promptIgnoreLength: 2 }, [0, 1, 2], [4, -4, 2, 4]],
    ['a beginning longer than the row', { promptIgnoreLength: 9 }, [0, 1, 2], [4, -4, 4, 4]],
    ['only the last ids', { lastTokens: 2 }, [0, 1, 2], [4, -8, 2, 4]],
    ['more last ids than there are', { lastTokens: 9 }, [0, 1], [2, -8, 4, 4]],
    ['both windows at once', { promptIgnoreLength: 2, lastTokens: 2 }, [0, 1, 2], [4, -4, 2, 4]],
  ])('%s', (_name, options, ids, expected) => {
    expect(runPlain(repetitionPenalty(2, options), [4, -4, 4, 4], ids)).toEqual(expected);
  });

  test('removed tokens stay removed, 0 stays 0', () => {
    expect(runPlain(repetitionPenalty(1.3), [gone, 0], [0, 1])).toEqual([gone, 0]);
  });

  test('leaves nothing behind for the next call', () => {
    const processor = repetitionPenalty(2);
    runPlain(processor, [4, 4], [0]);
    expect(runPlain(processor, [4, 4], [1])).toEqual([4, 2]);
  });

  test('1 changes no bit', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.array(fc.nat({ max: 250 })), (row, ids) => {
        expect(run(repetitionPenalty(1), row, ids)).toEqual(row);
      }),
    );
  });

  test('does not depend on the order or number of the ids', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.array(fc.nat({ max: 250 })), (row, ids) => {
        const processor = repetitionPenalty(1.7);
        const distinct = [...new Set(ids)].reverse();
        expect(run(processor, row, ids)).toEqual(run(processor, row, distinct));
      }),
    );
  });

  test('describes itself with what was given', () => {
    expect(repetitionPenalty(1.1).parameters).toEqual({ penalty: 1.1, promptIgnoreLength: 0 });
    expect(repetitionPenalty(1.1, { lastTokens: 64 }).parameters).toMatchObject({ lastTokens: 64 });
  });

  test.each([
    [0, {}, 'penalty'],
    [-1, {}, 'penalty'],
    [Number.NaN, {}, 'penalty'],
    [1.1, { promptIgnoreLength: -1 }, 'promptIgnoreLength'],
    [1.1, { lastTokens: 0 }, 'lastTokens'],
    [1.1, { lastTokens: 2.5 }, 'lastTokens'],
  ])('refuses %d, %j', (penalty, options, parameter) => {
    expect(() => repetitionPenalty(penalty, options)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => repetitionPenalty(1.1, { last_n: 64 } as never)).toThrow(/unknown option last_n/);
  });
});
