import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { arbitraryRow } from '../testing/arbitrary-row';
import { keptIds } from '../testing/kept-ids';
import { contextOf } from '../testing/run-processor';
import { type XtcOptions, xtc } from './xtc';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map(Math.log);

function excluded(row: ArrayLike<number>, options: XtcOptions = {}, probability = 1, seed = 1): Float32Array {
  const scores = Float32Array.from(row);
  const context = { ...contextOf(), random: createRandom(seed) };
  xtc(probability, options).process(scores, context, undefined);
  return scores;
}

describe('xtc', () => {
  // The first three rows: llama.cpp tests/test-sampling.cpp, test_xtc.
  test.each([
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0.09 }, [3]],
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0.19 }, [2, 3]],
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0.39 }, [0, 1, 2, 3]],
    [logs(0.05, 0.6, 0.05, 0.3), { threshold: 0.2 }, [0, 2, 3]],
    [logs(0.4, 0.4, 0.1, 0.1), { threshold: 0.3 }, [0, 2, 3]],
    [[gone, 0, gone, 0], { threshold: 0.3 }, [1]],
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0.19, minTokensToKeep: 2 }, [2, 3]],
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0.19, minTokensToKeep: 3 }, [0, 1, 2, 3]],
    [logs(0.4, 0.3, 0.2, 0.1), { threshold: 0 }, [3]],
    [[2], {}, [0]],
    [[], {}, []],
  ])('%j, %j keeps %j', (row, options, kept) => {
    expect(keptIds(excluded(row, options))).toEqual(kept);
  });

  test('acts as often as asked: 100,000 tosses, within four standard deviations', () => {
    const random = createRandom(3);
    const processor = xtc(0.3);
    let count = 0;
    const scores = new Float32Array(2);
    for (let i = 0; i < 100_000; i++) {
      scores.fill(0);
      processor.process(scores, { ...contextOf(), random }, undefined);
      if (scores[1] === gone) count++;
    }
    expect(Math.abs(count - 30_000)).toBeLessThan(4 * Math.sqrt(100_000 * 0.3 * 0.7));
  });

  test('draws one number whatever the row holds, none at a neutral value', () => {
    for (const row of [[], [1], [gone], [1, 2, 3], [Number.NaN, 1]]) {
      const random = createRandom(8);
      xtc(0.5).process(Float32Array.from(row), { ...contextOf(), random }, undefined);
      const other = createRandom(8);
      other.next();
      expect(random.state).toEqual(other.state);
      xtc(0).process(Float32Array.from(row), { ...contextOf(), random }, undefined);
      expect(random.state).toEqual(other.state);
    }
  });

  test('neutral values change no bit and need no random source', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        for (const processor of [xtc(0), xtc(1, { threshold: 0.51 })]) {
          const scores = row.slice();
          processor.process(scores, contextOf(), undefined);
          expect(scores).toEqual(row);
          expect(processor.requires).toBeUndefined();
        }
      }),
    );
  });

  test('keeps bits, removes only what is likelier than all that stays from the threshold up', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (row, threshold) => {
        const out = excluded(row, { threshold });
        const removed = keptIds(row).filter((id) => out[id] === gone);
        expect(out.every((score, id) => Object.is(score, row[id]) || score === gone)).toBe(true);
        const lowestRemoved = Math.min(...removed.map((id) => row[id]!));
        for (const id of keptIds(out)) expect(out[id]).toBeLessThanOrEqual(lowestRemoved);
        expect(removed.length).toBeLessThan(1 / threshold);
        if (keptIds(row).length > 0) expect(keptIds(out).length).toBeGreaterThan(0);
      }),
    );
  });

  test('rows with NaN or +Infinity are left to the sampler', () => {
    expect(Array.from(excluded([5, Number.NaN, 5]))).toEqual([5, Number.NaN, 5]);
    expect(Array.from(excluded([5, Infinity, 5]))).toEqual([5, Infinity, 5]);
  });

  test('declares what it needs, and refuses a context without it', () => {
    expect(xtc(0.5)).toMatchObject({
      type: 'xtc',
      parameters: { probability: 0.5, threshold: 0.1, minTokensToKeep: 1 },
      requires: { random: true },
    });
    expect(chain(xtc(0.5)).requires).toEqual({ random: true });
    expect(() => xtc(0.5).process(Float32Array.of(1, 2), contextOf(), undefined)).toThrow(
      expect.objectContaining({
        code: 'unsupported-capability',
        details: expect.objectContaining({ capability: 'random' }),
      }),
    );
  });

  test.each([
    [-0.1, {}, 'probability'],
    [1.1, {}, 'probability'],
    [Number.NaN, {}, 'probability'],
    [1, { threshold: -0.1 }, 'threshold'],
    [1, { threshold: 1.1 }, 'threshold'],
    [1, { minTokensToKeep: 0 }, 'minTokensToKeep'],
  ])('refuses %d, %j', (probability, options, parameter) => {
    expect(() => xtc(probability, options)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => xtc(1, { thresh: 0.1 } as never)).toThrow(/unknown option thresh/);
  });
});
