const masks = new Map<number, Float32Array>();

/**
 * 0 where position i may look at position j ≤ i, -Infinity elsewhere; shape `[length, length]`.
 * Kept per length: a session asks for few different ones.
 */
export function causalMask(length: number): Float32Array {
  const known = masks.get(length);
  if (known) return known;
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(Number.NEGATIVE_INFINITY, i * length + i + 1, (i + 1) * length);
  if (masks.size > 256) masks.clear();
  masks.set(length, mask);
  return mask;
}
