import { lowest, perNat, step } from '../row/exponential-sum';
import {
  type Code,
  doWhile,
  f32,
  f32x4,
  f64,
  f64x2,
  get,
  i32,
  i32x4,
  i64x2,
  set,
  v128,
  type WasmFunction,
  wasmModule,
} from '../wasm';
import { rowStart } from './summary-kernel';

/** Pages of 64 KiB: that of the table `powers` of exponential-sum.ts, and the row's first one. */
const pages = 2;

const constant = (value: number): Code => f64x2.splat(f64.const(value));

/** `largest(end)`: the largest score, NaN passed over. `end`: the address behind the row's last four scores. */
function largest(): WasmFunction {
  const [end, at, top] = [0, 1, 2] as const;
  const lane = (index: number) => f32x4.extractLane(get(top), index);
  return {
    name: 'largest',
    parameters: ['i32'],
    result: 'f32',
    locals: ['i32', 'v128'],
    body: [
      set(at, i32.const(rowStart)),
      set(top, f32x4.splat(f32.const(Number.NEGATIVE_INFINITY))),
      doWhile(
        [set(top, f32x4.pmax(get(top), v128.load(get(at)))), set(at, i32.add(get(at), i32.const(16)))],
        i32.ltU(get(at), get(end)),
      ),
      f32.max(f32.max(lane(0), lane(1)), f32.max(lane(2), lane(3))),
    ],
  };
}

/** `near(score)`: the address of the first four scores one of which is `score`; the row must hold it. */
function near(): WasmFunction {
  const [score, at, scores] = [0, 1, 2] as const;
  return {
    name: 'near',
    parameters: ['f32'],
    result: 'i32',
    locals: ['i32', 'v128'],
    body: [
      set(at, i32.const(rowStart - 16)),
      set(scores, f32x4.splat(get(score))),
      doWhile(
        set(at, i32.add(get(at), i32.const(16))),
        i32.eqz(v128.anyTrue(f32x4.eq(v128.load(get(at)), get(scores)))),
      ),
      get(at),
    ],
  };
}

/**
 * `exponentialSum(end, shift)`: what exponential-sum.ts computes, in the same operations; terms two at a time, which are added
 * one after the other.
 */
function exponentialSum(): WasmFunction {
  const [end, shift, total, at, shifts, x, k, r, terms] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const taylor = (coefficient: number) =>
    set(terms, f64x2.add(constant(coefficient), f64x2.mul(get(r), get(terms))));
  /** Address of one lane's power. Whatever NaN has in its low bits stays below 64 KiB. */
  const powerAt = (lane: number) => i32.and(i32x4.extractLane(get(k), 2 * lane), i32.const(0xffff));
  const term = (lane: number) => f64x2.extractLane(get(terms), lane);
  return {
    name: 'exponentialSum',
    parameters: ['i32', 'f64'],
    result: 'f64',
    locals: ['f64', 'i32', 'v128', 'v128', 'v128', 'v128', 'v128'],
    body: [
      set(at, i32.const(rowStart)),
      set(shifts, f64x2.splat(get(shift))),
      doWhile(
        [
          set(x, f64x2.sub(f64x2.promoteLow(v128.load64Zero(get(at))), get(shifts))),
          set(x, f64x2.pmax(get(x), constant(lowest))),
          set(k, f64x2.floor(f64x2.sub(constant(0.5), f64x2.mul(get(x), constant(perNat))))),
          set(r, f64x2.add(get(x), f64x2.mul(get(k), constant(step)))),
          // Behind 2^52 the low bits of a float64 are an integer: times 8, the power's address.
          set(k, i64x2.shl(f64x2.add(get(k), constant(2 ** 52)), i32.const(3))),
          set(terms, constant(1 / 120)),
          [1 / 24, 1 / 6, 0.5, 1, 1].map(taylor),
          set(terms, f64x2.mul(v128.load64Lane(powerAt(1), v128.load64Zero(powerAt(0)), 1), get(terms))),
          set(total, f64.add(f64.add(get(total), term(0)), term(1))),
          set(at, i32.add(get(at), i32.const(8))),
        ],
        i32.ltU(get(at), get(end)),
      ),
      get(total),
    ],
  };
}

/** The module, as summary-kernel-binary.ts holds it; rows are filled up with -Infinity to a multiple of four scores. */
export const summaryKernelBytes = (): Uint8Array<ArrayBuffer> =>
  wasmModule(pages, [largest(), near(), exponentialSum()]);
