/** A list of 32-bit integers that grows. */
export interface IntBuffer {
  data: Int32Array;
  length: number;
}

export function createIntBuffer(capacity = 64): IntBuffer {
  return { data: new Int32Array(capacity), length: 0 };
}

export function pushInt(buffer: IntBuffer, value: number): void {
  if (buffer.length === buffer.data.length) growInts(buffer, buffer.length + 1);
  buffer.data[buffer.length++] = value;
}

/** Makes room for `capacity` values in all. */
export function growInts(buffer: IntBuffer, capacity: number): void {
  if (capacity <= buffer.data.length) return;
  const longer = new Int32Array(Math.max(capacity, 2 * buffer.data.length));
  longer.set(buffer.data);
  buffer.data = longer;
}

export function intsOf(buffer: IntBuffer): Int32Array {
  return buffer.data.slice(0, buffer.length);
}
