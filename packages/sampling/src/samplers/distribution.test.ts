import { softmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { chiSquare } from '../testing/chi-square';
import { drawingSamplers, normalRow, testDraws } from '../testing/drawing-samplers';
import { categorical } from './categorical';

const gone = Number.NEGATIVE_INFINITY;
const rows: Readonly<Record<string, Float32Array>> = {
  'two equal': Float32Array.of(1, 1),
  'with removed ones': Float32Array.of(0, 1, gone, 2, -1, gone),
  'normal, 20': normalRow(20, 1, 1),
};

describe.each(drawingSamplers)('$type', (sampler, state, expected) => {
  test.each(Object.keys(rows))('100,000 draws: %s', (name) => {
    const row = rows[name]!;
    const { statistic, limit } = testDraws(sampler, state, row, expected(row));
    expect(statistic).toBeLessThan(limit);
  });
});

test('the test itself notices a wrong distribution', () => {
  const row = rows['normal, 20']!;
  const { statistic, limit } = testDraws(categorical(), undefined, row, softmax(row.map((x) => x * 1.05)));
  expect(statistic).toBeGreaterThan(limit);
  expect(chiSquare([1, 0], [0, 1]).statistic).toBe(Number.POSITIVE_INFINITY);
});
