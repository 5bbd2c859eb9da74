import { type GoldenArray, goldenFloats, goldenIds, hasShared, readGolden } from '@nexttoken/goldens';
import type { AttentionPatterns } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attentionHead } from './attention-head';
import { attentionOverview } from './attention-overview';

/** One layer of two heads over three positions: one looks at the first, one at the position before. */
const patterns: AttentionPatterns = {
  data: Float32Array.of(1, 0, 0, 0.75, 0.25, 0, 0.5, 0.25, 0.25, 1, 0, 0, 1, 0, 0, 0, 1, 0),
  layers: 1,
  heads: 2,
  positions: 3,
  keys: 3,
};

describe('attentionHead', () => {
  test('the fewest keys that hold the mass, strongest first', () => {
    const view = attentionHead(patterns, { layer: 0, head: 0, mass: 0.7, ids: [7, 8, 9] });
    expect(view.tokens).toEqual(['#7', '#8', '#9']);
    expect(view.rows.map(({ entries }) => entries.map(({ key, weight }) => [key, weight]))).toEqual([
      [[0, 1]],
      [[0, 0.75]],
      [
        [0, 0.5],
        [1, 0.25],
      ],
    ]);
    expect(view.rows[2]).toMatchObject({ mass: 0.75, rest: 1, sink: 0.5, reach: 1.25, entropy: 1.5 });
  });

  test('without the first position the rest sums to 1', () => {
    const { rows, weights } = attentionHead(patterns, { layer: 0, head: 0, ignoreFirst: true, mass: 1 });
    expect([...weights]).toEqual([0, 0, 0, 0, 1, 0, 0, 0.5, 0.5]);
    expect(rows.map(({ entries, rest }) => [entries.length, rest])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    expect(rows[2]).toMatchObject({ sink: 0.5, reach: 0.5, entropy: 1 });
  });

  test('patterns of later positions alone, and chosen ones', () => {
    const later = { ...patterns, data: patterns.data.slice(3, 9), heads: 1, positions: 2 };
    const view = attentionHead(later, { layer: 0, head: 0, positions: [2] });
    expect(view.rows.map(({ position }) => position)).toEqual([2]);
    expect(() => attentionHead(later, { layer: 0, head: 0, positions: [0] })).toThrow('[1, 3)');
  });

  test('any mass: enough keys, and none too many', () => {
    const weight = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (raw, mass) => {
          const total = raw.reduce((sum, value) => sum + value, 0) || 1;
          const data = Float32Array.from(raw, (value) => value / total);
          const one = { data, layers: 1, heads: 1, positions: 1, keys: data.length };
          const [row] = attentionHead(one, { layer: 0, head: 0, mass }).rows;
          const sum = data.reduce((most, value) => most + value, 0);
          expect(row!.mass).toBeGreaterThanOrEqual(mass * sum - 1e-6);
          const withoutLast = row!.entries.slice(0, -1).reduce((part, entry) => part + entry.weight, 0);
          if (row!.entries.length > 1) expect(withoutLast).toBeLessThan(mass * sum);
        },
      ),
    );
  });

  test.each([
    [{ layer: 1 }, 'layer'],
    [{ head: -1 }, 'head'],
    [{ mass: 1.5 }, 'mass'],
    [{ ids: [1] }, 'ids'],
  ])('%j is refused', (change, parameter) => {
    expect(() => attentionHead(patterns, { layer: 0, head: 0, ...change })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });
});

test('attentionOverview: what kind of heads there are', () => {
  const { summaries } = attentionOverview(patterns);
  expect(summaries).toMatchObject([
    { head: 0, sink: 0.625, self: 0.25, previous: 0.5, reach: 1 },
    { head: 1, sink: 0.5, self: 0, previous: 1, reach: 1, entropy: 0 },
  ]);
  expect(attentionOverview(patterns, { ignoreFirst: true }).summaries[1]).toMatchObject({
    sink: 0.5,
    previous: 0.5,
  });
});

interface Golden {
  readonly ids: GoldenArray;
  readonly attention_last_row: { readonly shape: readonly [number, number, number] } & GoldenArray;
}

describe.skipIf(!hasShared)('views of recorded attention', () => {
  const smollm2 = (): Golden[] => readGolden<{ cases: Golden[] }>('smollm2/forward.json').cases;
  test.each([
    ['stories260k', () => ['short', 'long'].map((name) => readGolden<Golden>(`forward/${name}.json`))],
    ['SmolLM2', smollm2],
  ] as const)('%s: what the last position looks at', (_, read) => {
    for (const { ids, attention_last_row: golden } of read()) {
      const [layers, heads, keys] = golden.shape;
      const data = goldenFloats(golden);
      const recorded = { data, layers, heads, positions: 1, keys };
      for (let plane = 0; plane < layers * heads; plane++) {
        const [layer, head] = [Math.floor(plane / heads), plane % heads];
        const view = attentionHead(recorded, { layer, head, mass: 1, ids: goldenIds(ids) });
        const own = data.subarray(plane * keys, (plane + 1) * keys);
        const [row] = view.rows;
        expect(row!.position).toBe(keys - 1);
        expect(row!.sink).toBe(own[0]);
        expect(row!.mass).toBeCloseTo(1, 4);
        for (const { key, weight } of row!.entries) expect(weight).toBe(own[key]);
        expect(row!.reach).toBeCloseTo(
          own.reduce((sum, weight, key) => sum + weight * (keys - 1 - key), 0),
          3,
        );
      }
    }
  });
});
