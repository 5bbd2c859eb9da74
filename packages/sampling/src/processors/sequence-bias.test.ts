import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { type SequenceBias, sequenceBias } from './sequence-bias';

const gone = Number.NEGATIVE_INFINITY;
const row = [0, 0, 0, 1];

describe('sequenceBias', () => {
  test.each([
    ['a single token always', [[[3], 2]], [], [0, 0, 0, 3]],
    ['a sequence where its beginning was just said', [[[1, 2, 3], 2]], [0, 1, 2], [0, 0, 0, 3]],
    ['not elsewhere', [[[1, 2, 3], 2]], [1, 2, 0], [0, 0, 0, 1]],
    ['a beginning that is the whole row', [[[1, 2, 3], 2]], [1, 2], [0, 0, 0, 3]],
    ['a beginning longer than the row', [[[1, 2, 3], 2]], [2], [0, 0, 0, 1]],
    [
      'sequences with one last token add up',
      [
        [[3], 1],
        [[2, 3], 2],
        [[1, 2, 3], 4],
      ],
      [1, 2],
      [0, 0, 0, 8],
    ],
    [
      'of one named twice the last counts',
      [
        [[3], 1],
        [[3], 2],
      ],
      [],
      [0, 0, 0, 3],
    ],
    [
      '-Infinity bans, twice too',
      [
        [[2, 3], gone],
        [[3], gone],
      ],
      [2],
      [0, 0, 0, gone],
    ],
  ] as [string, SequenceBias[], number[], number[]][])('%s', (_name, biases, ids, expected) => {
    expect(runPlain(sequenceBias(biases), row, ids)).toEqual(expected);
  });

  test('adds in float32, the sum of the biases first', () => {
    const [x, a, b] = [Math.fround(0.3), Math.fround(0.1), Math.fround(0.7)];
    const out = runPlain(
      sequenceBias([
        [[1, 0], 0.7],
        [[0], 0.1],
      ]),
      [0.3, 0],
      [1],
    );
    expect(out[0]).toBe(Math.fround(x + Math.fround(a + b)));
  });

  test('0 changes no bit; a removed token stays removed', () => {
    expect(runPlain(sequenceBias([[[0], 0]]), [-0])).toEqual([-0]);
    expect(runPlain(sequenceBias([[[0], 5]]), [gone])).toEqual([gone]);
  });

  test('reads what it does, whatever the caller changes later', () => {
    const ids = [1, 2];
    const processor = sequenceBias([[ids, 1]]);
    ids[1] = 0;
    expect(processor).toMatchObject({ type: 'sequenceBias', parameters: { biases: [[[1, 2], 1]] } });
    expect(runPlain(processor, row, [1])).toEqual([0, 0, 1, 1]);
  });

  test('an id beyond the row is an error when it runs', () => {
    expect(() => runPlain(sequenceBias([[[7, 0], 1]]), row, [])).toThrow(
      expect.objectContaining({ code: 'invalid-token-id', details: expect.objectContaining({ id: 7 }) }),
    );
  });

  test.each([
    [[]],
    [[[[], 1]]],
    [[[[-1], 1]]],
    [[[[0.5], 1]]],
    [[[[0], Infinity]]],
    [[[[0], Number.NaN]]],
    [[[[0], 1e39]]],
    [[[0, 1]]],
    ['no list'],
  ] as never[][])('refuses %j', (biases) => {
    expect(() => sequenceBias(biases as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
