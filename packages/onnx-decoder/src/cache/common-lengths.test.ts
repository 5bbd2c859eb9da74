import { expect, test } from 'vitest';
import { CommonLengths } from './common-lengths';

test('a copy has all of its origin, and with others what the origin had', () => {
  const common = new CommonLengths({ groups: 2, slots: 3 });
  common.set(3, 4, 10);
  common.copied(5, 3, 20);
  expect(common.get(5, 3)).toBe(20);
  expect(common.get(3, 5)).toBe(20);
  expect(common.get(5, 4)).toBe(10);
  expect(common.get(0, 1)).toBe(0);
});

test('cutting a place back leaves the others’ kinship', () => {
  const common = new CommonLengths({ groups: 1, slots: 3 });
  common.set(0, 1, 10);
  common.set(0, 2, 8);
  common.set(1, 2, 8);
  const before = common.clone();
  common.cut(1, 5);
  expect([common.get(0, 1), common.get(1, 2), common.get(0, 2)]).toEqual([5, 5, 8]);
  expect(before.get(0, 1)).toBe(10);
});
