/** Float32 values, little-endian, in base64. */
export function encodeRow(row: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(row.length * 4));
  for (const [index, value] of row.entries()) bytes.setFloat32(index * 4, value, true);
  let text = '';
  for (const byte of new Uint8Array(bytes.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** What `encodeRow` encoded. */
export function decodeRow(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
