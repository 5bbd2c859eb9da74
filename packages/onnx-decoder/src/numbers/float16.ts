let table: Float32Array | undefined;

/** IEEE 754 half to single precision, all 65,536 values computed once. */
function halfTable(): Float32Array {
  if (table) return table;
  table = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) table[bits] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else if (exponent === 0) table[bits] = sign * fraction * 2 ** -24;
    else table[bits] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return table;
}

/** Half-precision bits as float32 numbers; float32 data is returned as it is. */
export function float16ToFloat32(data: Float32Array | Uint16Array): Float32Array {
  if (data instanceof Float32Array) return data;
  const halves = halfTable();
  const bits =
    data.constructor === Uint16Array ? data : new Uint16Array(data.buffer, data.byteOffset, data.length);
  return Float32Array.from(bits, (half) => halves[half]!);
}
