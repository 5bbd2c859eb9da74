/** Bytes of WebAssembly, in nested pieces. */
export type Code = readonly (number | Code)[];

/** All bytes of some code, in order. */
function bytesOf(code: Code): number[] {
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
const vector = (items: readonly Code[]): Code => [unsigned(items.length), items];

/** A section, or a function's body: its length in bytes, then the bytes. */
function sized(code: Code): Code {
  const bytes = bytesOf(code);
  return [unsigned(bytes.length), bytes];
}

const section = (id: number, items: readonly Code[]): Code => [id, sized(vector(items))];

/** A name: its length, then its ASCII characters. */
const name = (text: string): Code => vector(Array.from(text, (letter) => [letter.charCodeAt(0)]));

const numbers = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** Types of parameters, results and locals. */
export type NumberType = keyof typeof numbers;

/** A function that a module exports. Locals are numbered: the parameters, then the others. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly NumberType[];
  readonly result: NumberType;
  readonly locals: readonly NumberType[];
  /** Leaves one value, the result. */
  readonly body: Code;
}

/**
 * A WebAssembly module of some functions that call nobody, and a memory; both are exported, the memory as `memory`.
 *
 * @param pages of the memory, 64 KiB each; it may grow
 */
export function wasmModule(pages: number, functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = (names: readonly NumberType[]) => vector(names.map((each) => [numbers[each]]));
  const each = <Result>(part: (each: WasmFunction, index: number) => Result) => functions.map(part);
  return Uint8Array.from(
    bytesOf([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(
        1,
        each(({ parameters, result }) => [0x60, types(parameters), types([result])]),
      ),
      section(
        3,
        each((_, index) => [index]),
      ),
      section(5, [[0, unsigned(pages)]]),
      section(7, [[name('memory'), 2, 0], ...each((exported, index) => [name(exported.name), 0, index])]),
      section(
        10,
        each(({ locals, body }) => sized([vector(locals.map((type) => [1, numbers[type]])), body, 0x0b])),
      ),
    ]),
  );
}
