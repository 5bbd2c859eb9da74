import { describe, expect, test } from 'vitest';
import { runSegments } from './run-segments';

describe('runSegments', () => {
  test('rows that share nothing run in the order in which their groups lie', () => {
    const [segment, ...more] = runSegments([2, 0, 1], { groups: 3, slots: 1 }, 64);
    expect(more).toEqual([]);
    expect(segment).toMatchObject({ firstGroup: 0, groups: 3, slots: 1, direct: true });
    expect(segment!.rows.map(({ index, at }) => [index, at])).toEqual([
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
  });

  test('groups that are no neighbours run apart', () => {
    const segments = runSegments([3, 0], { groups: 4, slots: 1 }, 1);
    expect(segments.map(({ firstGroup, groups }) => [firstGroup, groups])).toEqual([
      [0, 1],
      [3, 1],
    ]);
    expect(segments.map(({ rows }) => rows[0]!.index)).toEqual([1, 0]);
  });

  test('one position of a row that sits out is computed for nothing', () => {
    const [segment] = runSegments([0, 1, 3], { groups: 1, slots: 4 }, 1);
    expect(segment).toMatchObject({ direct: true, slots: 4 });
    expect(segment!.rows.map(({ at }) => at)).toEqual([0, 1, 3]);
  });

  test('many positions are not: the tails of the others are gathered', () => {
    const [segment] = runSegments([5, 7], { groups: 2, slots: 4 }, 32);
    expect(segment).toMatchObject({ firstGroup: 1, groups: 1, slots: 2, direct: false });
    expect(segment!.rows.map(({ at }) => at)).toEqual([0, 1]);
  });
});
