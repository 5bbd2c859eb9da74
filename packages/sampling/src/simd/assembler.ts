/** Bytes of WebAssembly, in nested pieces. */
export type Code = readonly (number | Code)[];

/** All bytes of some code, in order. */
export function bytesOf(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? [part] : bytesOf(part)));
}

/** LEB128 of an integer that is not negative. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
  return [...bytes, left];
}

/** LEB128 of any 32-bit integer. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  for (; left < -64 || left > 63; left >>= 7) bytes.push((left & 127) | 128);
  return [...bytes, left & 127];
}

/** A vector of the binary format: its length, then its items. */
export const vector = (items: readonly Code[]): Code => [unsigned(items.length), items];

/** A section, or a function's body: its length in bytes, then the bytes. */
export function sized(code: Code): Code {
  const bytes = bytesOf(code);
  return [unsigned(bytes.length), bytes];
}

export const section = (id: number, items: readonly Code[]): Code => [id, sized(vector(items))];

/** A name: its length, then its ASCII characters. */
export const name = (text: string): Code => vector(Array.from(text, (letter) => [letter.charCodeAt(0)]));

/** An f32 constant. */
export const f32 = (value: number): Code => [0x43, Array.from(new Uint8Array(Float32Array.of(value).buffer))];

/** An instruction of the vector extension behind its operands. */
export const vectorInstruction = (opcode: number, ...operands: Code[]): Code => [
  operands,
  0xfd,
  unsigned(opcode),
];
