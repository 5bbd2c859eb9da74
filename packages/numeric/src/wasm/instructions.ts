import { type Code, signed, unsigned } from './assembler';

/** An instruction of the vector extension behind its operands. */
const vectorInstruction = (opcode: number, ...operands: Code[]): Code => [operands, 0xfd, unsigned(opcode)];

/** Instructions as functions of their operands, named as the specification of WebAssembly names them. */
const unary = (opcode: number) => (a: Code) => vectorInstruction(opcode, a);
const binary = (opcode: number) => (a: Code, b: Code) => vectorInstruction(opcode, a, b);

/** How a place in memory is given: its alignment in bits of the address, which is a hint, and what is added to the address. */
const memory = (alignment: number, offset: number): Code => [alignment, unsigned(offset)];

export const v128 = {
  load: (at: Code, offset = 0): Code => [vectorInstruction(0x00, at), memory(4, offset)],
  /** Eight bytes below, zeros above. */
  load64Zero: (at: Code, offset = 0): Code => [vectorInstruction(0x5d, at), memory(3, offset)],
  /** Eight bytes into one half of `a`, 0 or 1. */
  load64Lane: (at: Code, a: Code, lane: number): Code => [vectorInstruction(0x57, at, a), memory(3, 0), lane],
  andnot: binary(0x4f),
  anyTrue: unary(0x53),
};

export const f32x4 = {
  splat: unary(0x13),
  extractLane: (a: Code, lane: number): Code => [vectorInstruction(0x1f, a), lane],
  eq: binary(0x41),
  ge: binary(0x46),
  add: binary(0xe4),
  sub: binary(0xe5),
  mul: binary(0xe6),
  div: binary(0xe7),
  /** `a < b ? b : a` in each lane: a NaN in `a` stays. */
  pmax: binary(0xeb),
};

export const i32x4 = {
  extractLane: (a: Code, lane: number): Code => [vectorInstruction(0x1b, a), lane],
  bitmask: unary(0xa4),
  shl: binary(0xab),
};

export const i64x2 = { shl: binary(0xcb) };

export const f64x2 = {
  splat: unary(0x14),
  floor: unary(0x75),
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  /** `a < b ? b : a` in each lane: a NaN in `a` stays. */
  pmax: binary(0xf7),
  extractLane: (a: Code, lane: number): Code => [vectorInstruction(0x21, a), lane],
  promoteLow: unary(0x5f),
  /** The upper two of four f32 lanes, promoted. */
  promoteHigh: (a: Code): Code =>
    vectorInstruction(0x5f, [
      vectorInstruction(0x0d, a, a),
      [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
    ]),
};

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  store: (at: Code, value: Code): Code => [at, value, 0x36, 2, 0],
  eqz: (a: Code): Code => [a, 0x45],
  ctz: (a: Code): Code => [a, 0x68],
  ltU: (a: Code, b: Code): Code => [a, b, 0x49],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  sub: (a: Code, b: Code): Code => [a, b, 0x6b],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
  or: (a: Code, b: Code): Code => [a, b, 0x72],
  shl: (a: Code, b: Code): Code => [a, b, 0x74],
  shrU: (a: Code, b: Code): Code => [a, b, 0x76],
};

export const f32 = {
  const: (value: number): Code => [0x43, Array.from(new Uint8Array(Float32Array.of(value).buffer))],
  max: (a: Code, b: Code): Code => [a, b, 0x97],
};

export const f64 = {
  const: (value: number): Code => [0x44, Array.from(new Uint8Array(Float64Array.of(value).buffer))],
  store: (at: Code, value: Code): Code => [at, value, 0x39, 3, 0],
  add: (a: Code, b: Code): Code => [a, b, 0xa0],
};

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];

export const when = (condition: Code, body: Code): Code => [condition, 0x04, 0x40, body, 0x0b];

/** Runs the body, and again as long as the condition holds behind it. */
export const doWhile = (body: Code, condition: Code): Code => [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];
