import { describe, expect, test } from 'vitest';
import { drawingSamplers, normalRow, testDraws } from '../testing/drawing-samplers';

const rows: Readonly<Record<string, Float32Array>> = {
  'eight orders of magnitude': Float32Array.from({ length: 8 }, (_, id) => -2.3 * id),
  'normal, 50': normalRow(50, 1, 1),
  'normal, 300': normalRow(300, 2, 2),
};

describe.each(drawingSamplers)('$type', (sampler, state, expected) => {
  test.each(Object.keys(rows))('100,000 draws: %s', { timeout: 60_000 }, (name) => {
    const row = rows[name]!;
    const { statistic, limit } = testDraws(sampler, state, row, expected(row));
    expect(statistic).toBeLessThan(limit);
  });
});
