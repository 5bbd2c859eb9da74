/** Entries of the table for one nat. */
export const stepsPerNat = 256;

/** Entries of the table: 40 nats, 256 each. What lies further below the reference weighs less than 5e-18 of it. */
export const tableSteps = 10_240;

/** Relative error of an interpolated weight: the cubic term of half a step. */
export const tableError = 1.3e-9;

/** Half a step, in nats: 1 / 512. */
const half = 0.001953125;
const constant = /* @__PURE__ */ (() => 1 + half + (half * half) / 2)();

/** Second-order expansion of `exp(-f / stepsPerNat)` around the middle of a step, for f in [0, 1); divided by its constant. */
export const linear = /* @__PURE__ */ (() => -(1 + half) / stepsPerNat / constant)();
export const quadratic = /* @__PURE__ */ (() => 0.5 / (stepsPerNat * stepsPerNat) / constant)();

/** `exp` at the middle of each step, times the expansion's constant. */
export const weightTable = /* @__PURE__ */ Float64Array.from(
  { length: tableSteps },
  (_, step) => Math.exp(-(step + 0.5) / stepsPerNat) * constant,
);

/**
 * Bound of a weight's relative error when its score is taken as `x / divisor` in float64, where the
 * temperature stage rounds it to float32.
 * @param reference the score that weighs 1
 */
export function relativeError(reference: number, divisor: number): number {
  const largest = Math.max(Math.abs(reference), Math.abs(reference - tableSteps / stepsPerNat));
  return tableError + (divisor === 1 ? 0 : largest * 2 ** -24);
}

/**
 * `exp(-distance / stepsPerNat)` by the table: relative error below `tableError`, and 0 from 40 nats on.
 * @param distance in steps, at least 0; NaN gives NaN
 */
export function weightAt(distance: number): number {
  if (!(distance < tableSteps)) return Number.isNaN(distance) ? distance : 0;
  const step = distance | 0;
  const fraction = distance - step;
  return weightTable[step]! * (1 + fraction * (linear + fraction * quadratic));
}
