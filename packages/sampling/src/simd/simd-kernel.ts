import type { RowProbe } from '../compile/probe-row';
import { limitFor } from '../compile/rest-weight';
import type { KernelRest, RowKernel } from '../compile/row-kernel';
import { stepsPerNat, weightAt } from '../compile/weight-table';
import { windowSize } from './kernel-bytes';
import { instantiateWindowWeigher } from './weigh-window';

/**
 * Bound of a sum's relative error: 2^-21. Each weight: 1.1e-7 for the polynomial, 9e-8 for roundings of its
 * evaluation, 3e-8 for those of its argument (scores are taken exactly, as the temperature stage rounds them, and so
 * is the multiple of ln 2 that is subtracted); two float32 additions: 1.2e-7.
 */
const kernelError = 2 ** -21;

/** Powers of two below the reference from which on all weigh the same: 2^-60, 1e-18. */
const farthest = 60;

/** Largest score, in nats, for which the bound was proven, and somewhat more than the reach below it. */
const largestReference = 512;

/** 1.5 · 2^23, whose unit is 1, and the bias of a float32 exponent. */
const magic = 12_582_912 + 127;

/**
 * A kernel for `compile(chain, sampler, { kernel })` in WebAssembly SIMD: it takes over top-p's pass over the row.
 * Same tokens, same draws: its weights are float32 (a sum's relative error is below 5e-7), and where that could
 * move the nucleus' boundary, the chain's own pass decides. `npm run bench:sampling` measures both.
 *
 * The row passes through 128 KiB of memory in windows, whatever its length. One kernel serves one thread, and any
 * number of chains there.
 *
 * @throws NextTokenError `unsupported-capability` (`details.capability`: `wasm-simd`) where the machine, or
 *   a page's content security policy, does not allow it
 */
export function simdKernel(): RowKernel {
  const { scores, ids: foundIds, sum, weigh } = instantiateWindowWeigher();

  function weighRest(
    row: Float32Array,
    divisor: number,
    probe: RowProbe,
    share: number,
    ids: Int32Array,
  ): KernelRest | undefined {
    if (!(Math.abs(probe.reference) <= largestReference)) return undefined;
    const power = Math.round(probe.reference * Math.LOG2E);
    const reference = power * Math.LN2;
    const lowest = (power - farthest) * Math.LN2;
    const lineFor = (weight: number) =>
      Math.fround(probe.reference - limitFor(probe, share * weight) / stepsPerNat);
    const widest = lineFor(probe.total);
    let line = widest;
    let estimate = probe.total;
    let weight = 0;
    let listed = 0;
    let count = 0;
    for (let begin = 0; begin < row.length; begin += windowSize) {
      const size = Math.min(windowSize, row.length - begin);
      scores.set(size === row.length ? row : row.subarray(begin, begin + size));
      const padded = (size + 15) & ~15;
      if (padded > size) scores.fill(Number.NEGATIVE_INFINITY, size, padded);
      const found = weigh(4 * padded, begin, divisor, lowest, line, magic - power);
      if (found > 0) ids.set(foundIds.subarray(0, found), count);
      weight += sum[0]!;
      listed += weightOfListed(row, divisor, reference, ids, count, count + found);
      count += found;
      // A sample tends to miss the few heaviest tokens: what was seen so far corrects it.
      const seen = (listed + weight) / Math.max((begin + size) / row.length, 2 / 3);
      if (!(seen > 1.25 * estimate)) continue;
      estimate = seen;
      line = Math.max(line, lineFor(estimate));
    }
    if (line === widest) return { count, weight, reference, error: kernelError };

    let kept = 0;
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      const score = Math.fround(row[id]! / divisor);
      if (score >= line) ids[kept++] = id;
      else weight += Math.exp(score - reference);
    }
    return { count: kept, weight, reference, error: kernelError };
  }

  return { kind: 'row-kernel', weighRest };
}

/** Σ exp(score - reference) over a part of the ids, roughly. */
function weightOfListed(
  row: Float32Array,
  divisor: number,
  reference: number,
  ids: Int32Array,
  begin: number,
  end: number,
): number {
  let total = 0;
  for (let i = begin; i < end; i++) {
    const distance = reference - row[ids[i]!]! / divisor;
    total += distance < 0 ? Math.exp(-distance) : weightAt(distance * stepsPerNat);
  }
  return total;
}
