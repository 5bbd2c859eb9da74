import { NextTokenError } from '@nexttoken/model';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chain, type ProcessorChain } from '../chain/chain';
import { type CompileOptions, compile } from '../compile/compile';
import { probeRow } from '../compile/probe-row';
import type { KernelRest, RowKernel } from '../compile/row-kernel';
import { temperature } from '../processors/temperature';
import { topP } from '../processors/top-p';
import { shapedRow, shapeNames } from '../testing/shaped-row';
import { kernelBytes } from './kernel-bytes';
import { simdKernel } from './simd-kernel';
import { instantiateWindowWeigher } from './weigh-window';

const kernel = simdKernel();

/** The kernel's answer beside a sum of the same weights in float64. */
function weighed(row: Float32Array, divisor: number, share: number) {
  const ids = new Int32Array(row.length);
  const probe = probeRow(row, divisor)!;
  const rest = kernel.weighRest(row, divisor, probe, share, ids) as KernelRest;
  const listed = new Set(ids.subarray(0, rest.count));
  const scores = Array.from(row, (score) => Math.fround(score / divisor));
  let weight = 0;
  let highestOther = Number.NEGATIVE_INFINITY;
  for (const [id, score] of scores.entries()) {
    if (listed.has(id)) continue;
    weight += Math.exp(score - rest.reference);
    highestOther = Math.max(highestOther, score);
  }
  const lowestListed = Math.min(...[...listed].map((id) => scores[id]!));
  return { rest, ids: ids.subarray(0, rest.count), weight, highestOther, lowestListed };
}

describe('the kernel', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('has exp within its bound, for every reference and distance it is used at', () => {
    const { scores, sum, weigh } = instantiateWindowWeigher();
    const magic = 12_582_912 + 127;
    let worst = 0;
    let listed = 0;
    for (let power = -738; power <= 738; power += 41) {
      for (let i = 0; i < 4000; i++) {
        // Sixteen equal scores are the weight of one, with the roundings of the additions.
        const score = Math.fround((power + 1 - (i / 4000) * 60.9) * Math.LN2 + i * 1e-7);
        scores.fill(score, 0, 16);
        listed += weigh(64, 0, 1, (power - 60) * Math.LN2, Number.POSITIVE_INFINITY, magic - power);
        const exact = 16 * Math.exp(score - power * Math.LN2);
        worst = Math.max(worst, Math.abs(sum[0]! / exact - 1));
      }
    }
    console.info(`largest relative error of a weight: ${worst.toExponential(2)}`);
    expect(listed).toBe(0);
    expect(worst).toBeLessThan(2 ** -21);
    expect(worst).toBeGreaterThan(1e-8);
  });

  test.each(['normal', 'peaked', 'model', 'banned', 'offset', 'cliff', 'every31st', 'notEvery31st'] as const)(
    'lists the highest and weighs the others: %s',
    (shape) => {
      const anySize = fc.integer({ min: 2048, max: 30_000 });
      const share = fc.constantFrom(0.3, 0.06, 0.001, 0);
      fc.assert(
        fc.property(anySize, fc.nat(), fc.constantFrom(0.5, 0.8, 1, 1.7), share, (size, seed, t, part) => {
          const row = shapedRow(shape, size, seed);
          const divisor = Math.fround(t);
          if (Math.abs(probeRow(row, divisor)!.reference) > 512) return;
          const { rest, ids, weight, highestOther, lowestListed } = weighed(row, divisor, part);
          // What lies 60 powers of two below the reference counts for at most 1e-18 each.
          expect(Math.abs(rest.weight - weight)).toBeLessThanOrEqual(rest.error * weight + 1e-12);
          expect(highestOther).toBeLessThan(lowestListed);
          expect([...ids]).toEqual([...ids].sort((a, b) => a - b));
        }),
        { numRuns: 8 },
      );
    },
  );

  test('says NaN for a row with NaN, and nothing for scores beyond its bound', () => {
    const ids = new Int32Array(5000);
    const row = shapedRow('normal', 5000, 1);
    row[4321] = Number.NaN;
    expect(kernel.weighRest(row, 1, probeRow(row, 1)!, 0.06, ids)!.weight).toBeNaN();
    const far = shapedRow('far', 5000, 1);
    expect(kernel.weighRest(far, 1, probeRow(far, 1)!, 0.06, ids)).toBeUndefined();
    expect(shapeNames).toContain('far');
  });

  test('is asked by a compiled chain, and refused where it is none', () => {
    const weighRest = vi.fn(kernel.weighRest);
    const parts = chain(temperature(0.8), topP(0.9));
    const row = shapedRow('normal', 5000, 3);
    const context = { ids: [], promptLength: 0, row: 0, batchItem: 0 };
    const process = (fast: ProcessorChain) => {
      const scores = row.slice();
      fast.process(scores, context, fast.initialState());
      return scores;
    };
    const options = { kernel: { kind: 'row-kernel', weighRest } } as const;
    expect(process(compile(parts, undefined, options))).toEqual(process(parts));
    expect(weighRest).toHaveBeenCalledTimes(1);
    expect(() => compile(parts, undefined, { kernel: {} as RowKernel })).toThrow(/kernel/);
    expect(() => compile(parts, undefined, { kernl: kernel } as CompileOptions)).toThrow(/kernl/);
  });

  test('is a module that compiles at once, in less than 4 kB', () => {
    expect(WebAssembly.validate(kernelBytes())).toBe(true);
    expect(kernelBytes().length).toBeLessThan(4096);
  });

  test('refuses by name where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    let error: unknown;
    try {
      simdKernel();
    } catch (thrown) {
      error = thrown;
    }
    expect(NextTokenError.isInstance(error) && error.toJSON()).toMatchObject({
      code: 'unsupported-capability',
      capability: 'wasm-simd',
    });
  });
});
