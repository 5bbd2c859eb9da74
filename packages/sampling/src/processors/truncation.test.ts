import type { LogitsProcessor } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TruncationOptions } from '../parameters/min-tokens-to-keep';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { minP } from './min-p';
import { topK } from './top-k';
import { topP } from './top-p';
import { typicalP } from './typical-p';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));
const keptIds = (row: ArrayLike<number>) => Array.from(row).flatMap((x, id) => (x > gone ? [id] : []));

/** Each rule in its plainest form: sort everything, sum up in order, as the reference describes it. */
const naive = {
  topP(row: Float32Array, p: number, keep: number): number[] {
    const q = softmax(row);
    const ascending = Array.from(row.keys()).sort((a, b) => row[a]! - row[b]! || b - a);
    let sum = 0;
    const kept = ascending.filter((id, rank) => {
      sum += q[id]!;
      return !(Math.fround(sum) <= Math.fround(1 - p)) || rank >= row.length - keep;
    });
    return kept.filter((id) => row[id]! > gone).sort((a, b) => a - b);
  },
  minP(row: Float32Array, p: number, keep: number): number[] {
    const q = softmax(row);
    const limit = Math.fround(Math.fround(p) * Math.max(...q));
    const best = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]! || a - b);
    const kept = best.filter((id, rank) => row[id]! > gone && (rank < keep || q[id]! >= limit));
    return kept.sort((a, b) => a - b);
  },
  topK(row: Float32Array, k: number, keep: number): number[] {
    const sorted = Array.from(row).sort((a, b) => (a === b ? 0 : b - a));
    const limit = sorted[Math.min(Math.max(k, keep), row.length) - 1]!;
    return keptIds(row).filter((id) => row[id]! >= limit);
  },
};

const factories: [
  string,
  (value: number, options?: TruncationOptions) => LogitsProcessor,
  number[],
  number[],
][] = [
  ['topK', topK, [0, -1, 1.5, Number.NaN, Infinity], [1_000_000]],
  ['topP', topP, [-0.1, 1.1, Number.NaN], [1]],
  ['minP', minP, [-0.1, 1.1, Number.NaN], [0]],
  ['typicalP', typicalP, [0, -0.5, 1.1, Number.NaN], [1]],
];

describe.each(factories)('%s', (type, make, illegal, neutral) => {
  test('is data that describes itself', () => {
    const processor = make(1, { minTokensToKeep: 3 });
    expect(processor).toMatchObject({ kind: 'processor', type, parameters: { minTokensToKeep: 3 } });
    expect(Object.values(make(1).parameters)).toEqual([1, 1]);
  });

  test.each(illegal)('refuses %d in the factory', (value) => {
    expect(() => make(value)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        details: expect.objectContaining({ owner: type }),
      }),
    );
  });

  test('refuses what is not a number, a minTokensToKeep below 1, and unknown options', () => {
    expect(() => make('1' as never)).toThrow(/must be/);
    expect(() => make(1, { minTokensToKeep: 0 })).toThrow(/minTokensToKeep must be an integer >= 1, got 0/);
    expect(() => make(1, { minKeep: 2 } as never)).toThrow(
      /unknown option minKeep; did you mean minTokensToKeep/,
    );
  });

  test('the neutral value changes no bit', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        for (const value of neutral) expect(run(make(value), row)).toEqual(row);
      }),
    );
  });

  test('kept scores keep their bits; the most likely token stays unless typical-p drops it', () => {
    const value = type === 'topK' ? 3 : 0.5;
    fc.assert(
      fc.property(arbitraryRow, fc.integer({ min: 1, max: 5 }), (row, minTokensToKeep) => {
        const out = run(make(value, { minTokensToKeep }), row);
        out.forEach((score, id) => {
          expect(Object.is(score, row[id]) || score === gone).toBe(true);
        });
        const kept = keptIds(out).length;
        expect(kept).toBeGreaterThanOrEqual(Math.min(minTokensToKeep, keptIds(row).length));
        if (type !== 'typicalP') expect(Math.max(...out)).toBe(Math.max(...row));
      }),
    );
  });

  test('a row without candidates, and an empty one, stay as they are', () => {
    const value = type === 'topK' ? 1 : 0.5;
    expect(runPlain(make(value), [gone, gone])).toEqual([gone, gone]);
    expect(runPlain(make(value), [])).toEqual([]);
  });
});

describe('topP, minP and typicalP', () => {
  test.each([topP(0.5), minP(0.5), typicalP(0.5), topP(0.5, { minTokensToKeep: 2 })])(
    'leave a row with NaN or +Infinity to the sampler, which refuses it',
    (processor) => {
      expect(runPlain(processor, [1, Number.NaN, 3])).toEqual([1, Number.NaN, 3]);
      expect(runPlain(processor, [1, Infinity, 3])).toEqual([1, Infinity, 3]);
    },
  );
});

describe('topK', () => {
  test.each([
    [[1, 3, 2], 1, [1]],
    [[1, 3, 2, 2, 2], 2, [1, 2, 3, 4]],
    [[1, gone, 3], 2, [0, 2]],
    [[5, gone, gone], 2, [0]],
    [[1, 2, 3], 3, [0, 1, 2]],
  ])('%j, k = %d keeps %j', (row, k, kept) => {
    expect(keptIds(run(topK(k), row))).toEqual(kept);
  });

  test('equals the plain rule', () => {
    fc.assert(
      fc.property(
        arbitraryRow,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (row, k, keep) => {
          expect(keptIds(run(topK(k, { minTokensToKeep: keep }), row))).toEqual(naive.topK(row, k, keep));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('topP', () => {
  test.each([
    [logs(0.5, 0.3, 0.1, 0.1), 0.4, [0]],
    [logs(0.5, 0.3, 0.1, 0.1), 0.6, [0, 1]],
    [logs(0.1, 0.5, 0.3, 0.1), 0.85, [0, 1, 2]],
    [logs(0.1, 0.5, 0.3, 0.1), 0, [1]],
    [[0, 0, 0, 0], 0.6, [0, 1, 2]],
    [[gone, 1, gone], 0.5, [1]],
  ])('%j, p = %d keeps %j', (row, p, kept) => {
    expect(keptIds(run(topP(p), row))).toEqual(kept);
  });

  test('minTokensToKeep keeps the most likely ones', () => {
    expect(keptIds(run(topP(0, { minTokensToKeep: 2 }), logs(0.1, 0.5, 0.3, 0.1)))).toEqual([1, 2]);
  });

  test('equals the plain rule', () => {
    const p = fc.oneof(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 0.75));
    fc.assert(
      fc.property(arbitraryRow, p, fc.integer({ min: 1, max: 9 }), (row, value, keep) => {
        const kept = keptIds(run(topP(value, { minTokensToKeep: keep }), row));
        expect(kept).toEqual(naive.topP(row, value, keep));
      }),
      { numRuns: 500 },
    );
  });

  test('a larger p never keeps less', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryRow, p, p, (row, a, b) => {
        const fewer = keptIds(run(topP(Math.min(a, b)), row));
        const more = new Set(keptIds(run(topP(Math.max(a, b)), row)));
        expect(fewer.every((id) => more.has(id))).toBe(true);
      }),
    );
  });
});

describe('minP', () => {
  test.each([
    [logs(0.6, 0.3, 0.1), 0.4, [0, 1]],
    [logs(0.6, 0.3, 0.1), 0.6, [0]],
    [[2, 2, 1], 1, [0, 1]],
    [[1e38, 0, -1e38], 0.1, [0]],
  ])('%j, p = %d keeps %j', (row, p, kept) => {
    expect(keptIds(run(minP(p), row))).toEqual(kept);
  });

  test('equals the plain rule, also where rounding decides', () => {
    const p = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true }),
      fc.constantFrom(1e-30, 0.5, 0.25, Math.exp(-1), Math.exp(-2), 1),
    );
    fc.assert(
      fc.property(arbitraryRow, p, fc.integer({ min: 1, max: 4 }), (row, value, keep) => {
        const kept = keptIds(run(minP(value, { minTokensToKeep: keep }), row));
        expect(kept).toEqual(naive.minP(row, value, keep));
      }),
      { numRuns: 500 },
    );
  });
});

describe('typicalP', () => {
  test('can drop the most likely token', () => {
    // Surprises 0.11, 3.0, 3.0; entropy 0.39: the first is the most typical of these …
    expect(keptIds(run(typicalP(0.2), logs(0.9, 0.05, 0.05)))).toEqual([0]);
    // … here surprises are 0.92, 1.20 (four times), entropy about 1.09.
    expect(keptIds(run(typicalP(0.2), logs(0.4, 0.15, 0.15, 0.15, 0.15)))).toEqual([1, 2, 3, 4]);
  });

  test('minTokensToKeep keeps the most typical ones', () => {
    const row = logs(0.4, 0.3, 0.15, 0.1, 0.05);
    const deviations = [0.4, 0.3, 0.15, 0.1, 0.05].map((q) => Math.abs(-Math.log(q) - 1.394));
    const byTypicality = [0, 1, 2, 3, 4].sort((a, b) => deviations[a]! - deviations[b]!);
    const kept = keptIds(run(typicalP(0.01, { minTokensToKeep: 3 }), row));
    expect(kept).toEqual(byTypicality.slice(0, 3).sort((a, b) => a - b));
  });

  test('removes all tokens less typical than the one that crosses, and none that is more typical', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (row, p) => {
        const q = softmax(row);
        const entropy = q.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
        const deviation = (id: number) => Math.abs(-Math.log(q[id]!) - entropy);
        const kept = keptIds(run(typicalP(p), row));
        const dropped = keptIds(row).filter((id) => !kept.includes(id) && q[id]! > 1e-30);
        const worstKept = Math.max(...kept.filter((id) => q[id]! > 1e-30).map(deviation));
        for (const id of dropped) expect(deviation(id)).toBeGreaterThan(worstKept - 1e-4);
        if (keptIds(row).length > 0) {
          expect(kept.reduce((sum, id) => sum + q[id]!, 0)).toBeGreaterThanOrEqual(p - 1e-5);
        }
      }),
    );
  });
});
