import { expect, test } from 'vitest';
import { weightGroups } from './weight-groups';

test('marks of like weight are one path, the weakest first; none is lost', () => {
  const groups = weightGroups([
    [1, 'a'],
    [0.01, 'b'],
    [0.99, 'c'],
    [0.5, 'd'],
    [0, 'e'],
  ]);
  expect(groups.map(({ path }) => path)).toEqual(['be', 'd', 'ac']);
  const weights = groups.map(({ weight }) => weight);
  expect(weights).toEqual([...weights].sort((a, b) => a - b));
  [0.005, 0.5, 1].forEach((weight, index) => {
    expect(Math.abs(weights[index]! - weight)).toBeLessThanOrEqual(1 / 32 + 1e-9);
  });
  expect(weightGroups([])).toEqual([]);
});
