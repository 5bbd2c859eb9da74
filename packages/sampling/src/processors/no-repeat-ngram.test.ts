import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../testing/run-processor';
import { noRepeatNgram } from './no-repeat-ngram';

const bannedBy = (size: number, ids: readonly number[], vocabSize = 6) =>
  Array.from(run(noRepeatNgram(size), new Float32Array(vocabSize), ids)).flatMap((score, id) =>
    score === Number.NEGATIVE_INFINITY ? [id] : [],
  );

describe('noRepeatNgram', () => {
  test.each([
    [1, [0, 2, 2], [0, 2]],
    [1, [], []],
    [2, [1, 2, 3, 1], [2]],
    [2, [1, 2, 1, 3, 1], [2, 3]],
    [2, [1], []],
    [3, [1, 2, 3, 1, 2], [3]],
    [3, [1, 2, 3, 4, 2], []],
    [3, [1, 1, 1], [1]],
    [9, [1, 2, 3], []],
    [2, [1, 9, 1], []],
    [2, [9, 3, 9], [3]],
  ])('n = %d after %j bans %j', (size, ids, banned) => {
    expect(bannedBy(size, ids)).toEqual(banned);
  });

  test('bans exactly the tokens that would make an n-gram occur twice', () => {
    const ids = fc.array(fc.nat({ max: 3 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), ids, (size, row) => {
        const windows = (sequence: readonly number[]) =>
          sequence.slice(size - 1).map((_, i) => sequence.slice(i, i + size).join());
        const known = new Set(windows(row));
        const expected = [0, 1, 2, 3].filter(
          (id) => row.length >= size - 1 && known.has([...row.slice(row.length - size + 1), id].join()),
        );
        expect(bannedBy(size, row, 4)).toEqual(expected);
      }),
    );
  });

  test('is data', () => {
    expect(noRepeatNgram(3)).toMatchObject({ type: 'noRepeatNgram', parameters: { size: 3 } });
  });

  test.each([0, -1, 2.5, Number.NaN])('refuses %d', (size) => {
    expect(() => noRepeatNgram(size)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
