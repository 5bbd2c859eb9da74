import { describe, expect, test } from 'vitest';
import { runPlain } from '../testing/run-processor';
import { minLength } from './min-length';

const gone = Number.NEGATIVE_INFINITY;
const ids = (length: number) => new Array<number>(length).fill(0);

describe('minLength', () => {
  test.each([
    [3, 2, [0, gone, 2]],
    [3, 3, [0, 1, 2]],
    [3, 9, [0, 1, 2]],
    [1, 0, [0, gone, 2]],
    [0, 0, [0, 1, 2]],
  ])('length %d, row of %d', (length, rowLength, expected) => {
    expect(runPlain(minLength(length, { endTokenIds: [1, 99] }), [0, 1, 2], ids(rowLength))).toEqual(
      expected,
    );
  });

  test('removes every end token', () => {
    expect(runPlain(minLength(5, { endTokenIds: [0, 2, 2] }), [0, 1, 2])).toEqual([gone, 1, gone]);
  });

  test('is data', () => {
    expect(minLength(5, { endTokenIds: Int32Array.of(2) })).toMatchObject({
      type: 'minLength',
      parameters: { length: 5, endTokenIds: [2] },
    });
  });

  test.each([
    [-1, { endTokenIds: [1] }],
    [1.5, { endTokenIds: [1] }],
    [1, { endTokenIds: [] }],
    [1, { endTokenIds: [-3] }],
    [1, {} as never],
  ])('refuses %d, %j', (length, options) => {
    expect(() => minLength(length, options)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
