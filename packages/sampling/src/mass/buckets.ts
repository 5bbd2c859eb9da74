/** Eight buckets for every power of two: the upper bits of a float32 that is not negative. */
export const bucketShift = 20;

/** 2^(32 - bucketShift). */
export const bucketCount = 4096;

/** A view of the keys' bits; the bucket of a key is `bits >>> bucketShift`. */
export function keyBits(keys: Float32Array): Int32Array {
  return new Int32Array(keys.buffer, keys.byteOffset, keys.length);
}
