import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { badWords } from './bad-words';

const gone = Number.NEGATIVE_INFINITY;
const row = [0, 1, 2, 3];

describe('badWords', () => {
  test.each([
    ['a word of one token always', [[2]], {}, [], [0, 1, gone, 3]],
    ['the last token of a longer word after its beginning', [[0, 1, 2]], {}, [3, 0, 1], [0, 1, gone, 3]],
    ['not elsewhere', [[0, 1, 2]], {}, [0, 1, 3], row],
    ['several words', [[2], [3, 0]], {}, [3], [gone, 1, gone, 3]],
    ['an end token alone is no bad word', [[2], [3]], { endTokenIds: [2] }, [], [0, 1, 2, gone]],
    ['but it can be a part of one', [[3, 2]], { endTokenIds: [2] }, [3], [0, 1, gone, 3]],
    ['nothing is left to ban', [[2]], { endTokenIds: [2] }, [], row],
  ])('%s', (_name, words, options, ids, expected) => {
    expect(runPlain(badWords(words, options), row, ids)).toEqual(expected);
  });

  test('is data', () => {
    expect(badWords([[1], Int32Array.of(2, 3)], { endTokenIds: [0] })).toMatchObject({
      type: 'badWords',
      parameters: { words: [[1], [2, 3]], endTokenIds: [0] },
    });
  });

  test('an id beyond the row is an error when it runs', () => {
    expect(() => runPlain(badWords([[4]]), row)).toThrow(
      expect.objectContaining({ code: 'invalid-token-id', details: expect.objectContaining({ id: 4 }) }),
    );
  });

  test.each([[[]], [[[]]], [[[-1]]], [[3]], ['word']] as never[][])('refuses %j', (words) => {
    expect(() => badWords(words as never)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test('refuses illegal end tokens and unknown options', () => {
    expect(() => badWords([[1]], { endTokenIds: [1.5] })).toThrow(/endTokenIds\[0\] must be an integer >= 0/);
    expect(() => badWords([[1]], { eos: [1] } as never)).toThrow(/unknown option eos/);
  });
});
