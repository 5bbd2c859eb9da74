import { linear, quadratic, stepsPerNat, tableSteps, weightTable } from './weight-table';

const stride = 31;

/** Steps of the table in one bin. */
export const stepsPerBin = 16;

const binCount = /* @__PURE__ */ (() => tableSteps / stepsPerBin)();

/** What a sample of every 31st score says about a row of `scores / divisor`; valid until the next probe. */
export interface RowProbe {
  /** The largest score of the sample: distances are counted from it. */
  readonly reference: number;
  /** `(reference - x / divisor) · stepsPerNat` is `offset - x · scale`. */
  readonly scale: number;
  readonly offset: number;
  /** Estimated weight of the row, where the reference weighs 1. */
  readonly total: number;
  /** Estimated weight of the tokens in each bin of `stepsPerBin` steps below the reference. */
  readonly bins: Float64Array;
}

const bins = /* @__PURE__ */ new Float64Array(binCount);

/** Rows shorter than this are not worth a sample. */
const shortest = 2048;

/**
 * Looks at a sample. It only guides where to look further: nothing is decided by it.
 * @returns undefined where a sample would not help: a short row, one with few candidates, or scores so large
 *   that distances would lose their fraction
 */
export function probeRow(row: Float32Array, divisor: number): RowProbe | undefined {
  if (row.length < shortest) return undefined;
  let largest = Number.NEGATIVE_INFINITY;
  let finite = 0;
  for (let i = 0; i < row.length; i += stride) {
    const score = row[i]!;
    if (score > largest) largest = score;
    if (score > Number.NEGATIVE_INFINITY) finite++;
  }
  const scale = stepsPerNat / divisor;
  const offset = largest * scale;
  if (finite * stride * 8 < row.length || !(Math.abs(offset) < 2 ** 30)) return undefined;

  bins.fill(0);
  let total = 0;
  for (let i = 0; i < row.length; i += stride) {
    const distance = offset - row[i]! * scale;
    if (!(distance < tableSteps)) continue;
    const step = distance | 0;
    const fraction = distance - step;
    const weight = weightTable[step]! * (1 + fraction * (linear + fraction * quadratic));
    bins[(step / stepsPerBin) | 0]! += weight * stride;
    total += weight;
  }
  // The largest is counted once: a sample that met a lonely peak must not think there are 31 of them.
  return { reference: largest / divisor, scale, offset, total: (total - 1) * stride + 1, bins };
}
