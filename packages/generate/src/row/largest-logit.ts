/**
 * The largest value of a row. Four comparisons that do not wait for each other take less than half the time of one after the other.
 * NaN entries are passed over; -Infinity where there is nothing else.
 */
export function largestLogit(raw: Float32Array): number {
  let a = Number.NEGATIVE_INFINITY;
  let b = a;
  let c = a;
  let d = a;
  let i = 0;
  for (; i + 3 < raw.length; i += 4) {
    const p = raw[i]!;
    const q = raw[i + 1]!;
    const r = raw[i + 2]!;
    const s = raw[i + 3]!;
    if (p > a) a = p;
    if (q > b) b = q;
    if (r > c) c = r;
    if (s > d) d = s;
  }
  for (; i < raw.length; i++) if (raw[i]! > a) a = raw[i]!;
  return Math.max(a, b, c, d);
}
