/** The same bytes at an address that a typed array of `unit`-byte elements can view; copies only if needed. */
export function align(bytes: Uint8Array, unit: number): Uint8Array {
  return bytes.byteOffset % unit === 0 ? bytes : bytes.slice();
}
