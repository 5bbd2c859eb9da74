const value = /* @__PURE__ */ new Float32Array(1);
const bits = /* @__PURE__ */ (() => new Int32Array(value.buffer))();

/** Half way between a finite float32 number >= 0 and the next larger one: what lies above rounds to more than it. */
export function midpointAbove(limit: number): number {
  value[0] = limit;
  bits[0]!++;
  return (limit + value[0]!) / 2;
}

/** Half way between a finite float32 number > 0 and the next smaller one: what lies above rounds to at least it. */
export function midpointBelow(limit: number): number {
  value[0] = limit;
  if (limit > 0) bits[0]!--;
  return (limit + value[0]!) / 2;
}
