import { expOfNonpositive } from './exp-of-nonpositive';

/** Parts of a halving that the table tells apart. */
const parts = 64;
/** Halvings behind which a term counts as 0: a million such terms are less than the last place of the sum. */
const halvings = 72;

/** ln 2 / 64, 64 / ln 2 and -72 ln 2, as literals: a bundler keeps what a file computes when it is loaded. */
export const step = 0.010830424696249145;
export const perNat = 92.33248261689366;
export const lowest = -49.90659700031606;

/** `powers[k]` = 2^(-k / parts); 0 at the end. */
export const powers = /* @__PURE__ */ (() => {
  const table = new Float64Array(halvings * parts + 1);
  for (let k = 0; k < halvings * parts; k++) table[k] = expOfNonpositive(-k * step);
  return table;
})();

/** `exp(x)` for x <= 0: from the table, and for the rest r with |r| <= ln 2 / 128 the Taylor series. */
function term(distance: number): number {
  // biome-ignore lint/complexity/useMathMinMax: it also orders zeros and tests for NaN, which takes half as long again here
  const x = distance < lowest ? lowest : distance;
  const k = ~~(0.5 - x * perNat);
  const r = x + k * step;
  return powers[k]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))))));
}

/**
 * `Σ exp(scores[i] - shift)` in float64; NaN when a score is NaN or +Infinity. Each term is exact to 1e-15 of the sum; they are
 * added one after the other in id order, with nothing but operations that IEEE 754 defines to the last bit. So removed tokens
 * change no bit of it, wherever they stand: a chain whose stages drop what is removed gets the sum of one that carries it along.
 *
 * @param shift the row's maximum
 */
export function exponentialSum(scores: Float32Array, shift: number): number {
  if (shift === Number.NEGATIVE_INFINITY) return scores.some(Number.isNaN) ? Number.NaN : 0;
  const whole = scores.length - (scores.length % 4);
  let total = 0;
  for (let i = 0; i < whole; i += 4) {
    const p = scores[i]! - shift;
    const q = scores[i + 1]! - shift;
    const r = scores[i + 2]! - shift;
    const s = scores[i + 3]! - shift;
    // A row of which a chain has left a few tokens goes by quickly: such terms are 0.
    if (p < lowest && q < lowest && r < lowest && s < lowest) continue;
    total = total + term(p) + term(q) + term(r) + term(s);
  }
  for (let i = whole; i < scores.length; i++) total += term(scores[i]! - shift);
  return total;
}
