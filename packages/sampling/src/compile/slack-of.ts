/**
 * How much lower than `score` a score can be that a division makes equal to it, both rounded to float32.
 * @param divisor 1: no division, no slack
 */
export function slackOf(score: number, divisor: number): number {
  return divisor === 1 ? 0 : Math.abs(score) * 2 ** -21 + divisor * 3e-45;
}
