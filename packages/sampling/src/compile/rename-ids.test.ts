import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCandidateList } from './candidate-list';
import { createNameTable, renameIds } from './rename-ids';

const table = createNameTable();

function listOf(ids: readonly number[]) {
  const list = createCandidateList(Math.max(1, ids.length));
  list.ids.set(ids);
  list.count = ids.length;
  return list;
}

describe('renameIds', () => {
  test('a listed id is its position, any other a number beyond that no other id has', () => {
    const id = fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 300_000 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { maxLength: 200 }),
        fc.array(id, { maxLength: 300 }),
        (listed, given) => {
          const names = renameIds(table, listOf(listed), [...given, ...listed])!;
          expect(names).toHaveLength(given.length + listed.length);
          [...given, ...listed].forEach((one, i) => {
            const position = listed.indexOf(one);
            if (position >= 0) expect(names[i]).toBe(position);
            else expect(names[i]).toBeGreaterThanOrEqual(listed.length);
          });
          expect(new Set(names).size).toBe(new Set([...given, ...listed]).size);
        },
      ),
    );
  });

  test('more ids than ever before, full tables, no list at all', () => {
    const many = Int32Array.from({ length: 5000 }, (_, i) => 3 * i);
    expect([...renameIds(table, listOf([9, 12]), many)!.subarray(2, 5)]).toEqual([8, 0, 1]);
    const whole = Array.from({ length: 8192 }, (_, i) => 7 * i);
    expect([...renameIds(table, listOf(whole), [7, 8, 7 * 8191])!]).toEqual([1, 8200, 8191]);
    expect([...renameIds(table, listOf([]), [4])!]).toEqual([4]);
  });

  test('not for long lists, and for what is no id', () => {
    expect(renameIds(table, listOf(Array.from({ length: 8193 }, (_, i) => i)), [1])).toBeUndefined();
    expect(renameIds(table, listOf([1]), [-1])).toBeUndefined();
  });
});
