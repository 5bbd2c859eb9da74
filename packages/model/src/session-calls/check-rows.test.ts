import { describe, expect, test } from 'vitest';
import { checkSelect, checkSessionOptions, checkTruncate } from './check-rows';

const can = { select: true, truncate: true, maxRows: 3 };

describe('checkSessionOptions', () => {
  test.each([-1, 1.5, Number.NaN])('refuses %s rows', (rows) => {
    expect(() => checkSessionOptions({ rows }, can)).toThrow(
      'createSession: rows must be a whole number >= 0',
    );
  });

  test('refuses more than there may be, and no fewer', () => {
    for (const rows of [0, 3]) expect(checkSessionOptions({ rows }, can)).toBe(rows);
    expect(checkSessionOptions({}, can)).toBe(1);
    expect(() => checkSessionOptions({ rows: 4 }, can)).toThrow(
      expect.objectContaining({
        code: 'unsupported-capability',
        details: { capability: 'maxRows', rows: 4, maxRows: 3 },
      }),
    );
  });
});

test('checkSessionOptions refuses an option that is none, by name', () => {
  expect(() => checkSessionOptions({ row: 2 } as never, can)).toThrow(
    expect.objectContaining({
      code: 'unsupported-option',
      details: expect.objectContaining({ option: 'row' }),
    }),
  );
});

describe('checkSelect', () => {
  test('accepts present rows and -1, in any number', () => {
    for (const parents of [[], [1, 0], [0, 0, -1]]) checkSelect(parents, 2, can);
  });

  test.each([[[2]], [[-2]], [[0.5]], [[Number.NaN]]])('refuses %s of two rows', (parents) => {
    expect(() => checkSelect(parents, 2, can)).toThrow('select: parents must be whole numbers from -1 to 1');
  });

  test('refuses too many, and a model that cannot', () => {
    const refused = (capability: string) =>
      expect.objectContaining({
        code: 'unsupported-capability',
        details: expect.objectContaining({ capability }),
      });
    expect(() => checkSelect([0, 0, 0, 0], 2, can)).toThrow(refused('maxRows'));
    expect(() => checkSelect([0], 2, { ...can, select: false })).toThrow(refused('select'));
  });
});

describe('checkTruncate', () => {
  test('accepts lengths up to the present ones', () => {
    for (const lengths of [
      [4, 2],
      [0, 0],
    ])
      checkTruncate(lengths, [4, 2], can);
  });

  test.each([[[5, 2]], [[-1, 2]], [[1.5, 2]], [[Number.NaN, 2]]])(
    'refuses %s of rows of 4 and 2',
    (lengths) => {
      expect(() => checkTruncate(lengths, [4, 2], can)).toThrow(
        'truncate: lengths[0] must be a whole number from 0 to 4',
      );
    },
  );

  test('refuses another number of lengths, and a model that cannot', () => {
    expect(() => checkTruncate([1], [4, 2], can)).toThrow('truncate: lengths must be 2 entries, one a row');
    expect(() => checkTruncate([4, 2], [4, 2], { truncate: false })).toThrow(
      expect.objectContaining({ code: 'unsupported-capability', details: { capability: 'truncate' } }),
    );
  });
});
