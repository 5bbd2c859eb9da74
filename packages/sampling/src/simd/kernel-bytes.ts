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
  type NumberType,
  set,
  v128,
  wasmModule,
  when,
} from '@nexttoken/numeric/wasm';

/** Scores that the memory's window holds; divisible by 16. */
export const windowSize = 12_288;
/** Where in memory the window of ids begins, behind that of scores, and where the sum lies; in bytes. */
export const idsAt = 4 * windowSize;
export const sumAt = 2 * idsAt;
/** Pages of 64 KiB. */
const pages = 2;

// Parameters, then variables of the function: numbers of locals.
const [end, firstId, divisor, lowest, limit, magic] = [0, 1, 2, 3, 4, 5] as const;
const [at, out, mask] = [6, 7, 8] as const;
const [divisors, lowests, limits, magics] = [9, 10, 11, 12] as const;
const [y, t, r, top, sum] = [13, 14, 15, 16, 17] as const;
const weights = [18, 19, 20, 21] as const;
const firstConstant = 22;

/**
 * `log2 e`; `ln 2` in two parts, the first of which has few bits; then the coefficients of r², r³, r⁴ and r⁵ in
 * `exp(r) ≈ 1 + r + …`, fitted for the least relative error (1.1e-7) where |r| ≤ ln 2 / 2; and 1.
 */
const constants = [
  Math.LOG2E,
  0.693359375,
  -0.00021219444005471377,
  0.499992311,
  0.166671142,
  0.0418901853,
  0.00831251685,
  1,
] as const;
const [log2e, high, low, c2, c3, c4, c5, one] = constants.map((_, index) => get(firstConstant + index)) as [
  Code,
  Code,
  Code,
  Code,
  Code,
  Code,
  Code,
  Code,
];

const scoreAt = (lane: number) => f32x4.div(v128.load(get(at), 16 * lane), get(divisors));

/** Weight of four scores: 2^n · exp(r), where n is the integer next to score · log2 e, less the magic number's. */
const weigh = (lane: number): Code => [
  set(y, scoreAt(lane)),
  set(top, lane === 0 ? get(y) : f32x4.pmax(get(top), get(y))),
  set(y, f32x4.pmax(get(y), get(lowests))),
  // The sum's unit is 1: its low bits are n and the exponent's bias, ready to be shifted.
  set(t, f32x4.add(f32x4.mul(get(y), log2e), get(magics))),
  set(r, f32x4.sub(get(t), get(magics))),
  set(y, f32x4.sub(get(y), f32x4.mul(get(r), high))),
  set(r, f32x4.sub(get(y), f32x4.mul(get(r), low))),
  set(y, f32x4.add(c4, f32x4.mul(get(r), c5))),
  set(y, f32x4.add(c3, f32x4.mul(get(r), get(y)))),
  set(y, f32x4.add(c2, f32x4.mul(get(r), get(y)))),
  set(y, f32x4.add(get(r), f32x4.mul(f32x4.mul(get(r), get(r)), get(y)))),
  set(weights[lane]!, f32x4.mul(f32x4.add(one, get(y)), i32x4.shl(get(t), i32.const(23)))),
];

/** Writes the ids of four scores from the limit up, and takes their weights away. */
const list = (lane: number): Code => [
  set(y, f32x4.ge(scoreAt(lane), get(limits))),
  set(weights[lane]!, v128.andnot(get(weights[lane]!), get(y))),
  set(mask, i32.or(get(mask), i32.shl(i32x4.bitmask(get(y)), i32.const(4 * lane)))),
];

const writeId: Code = [
  i32.store(get(out), i32.add(get(firstId), i32.add(i32.shrU(get(at), i32.const(2)), i32.ctz(get(mask))))),
  set(out, i32.add(get(out), i32.const(4))),
  set(mask, i32.and(get(mask), i32.sub(get(mask), i32.const(1)))),
];

const lanes = [0, 1, 2, 3] as const;
const [w0, w1, w2, w3] = weights.map(get) as [Code, Code, Code, Code];

const body: Code = [
  set(divisors, f32x4.splat(get(divisor))),
  set(lowests, f32x4.splat(get(lowest))),
  set(limits, f32x4.splat(get(limit))),
  set(magics, f32x4.splat(get(magic))),
  constants.map((value, index) => set(firstConstant + index, f32x4.splat(f32.const(value)))),
  set(out, i32.const(idsAt)),
  doWhile(
    [
      lanes.map(weigh),
      when(v128.anyTrue(f32x4.ge(get(top), get(limits))), [
        set(mask, i32.const(0)),
        lanes.map(list),
        when(get(mask), doWhile(writeId, get(mask))),
      ]),
      // Four weights at a time are added in float32, two roundings each; the rest in float64.
      set(y, f32x4.add(f32x4.add(w0, w1), f32x4.add(w2, w3))),
      set(sum, f64x2.add(get(sum), f64x2.add(f64x2.promoteLow(get(y)), f64x2.promoteHigh(get(y))))),
      set(at, i32.add(get(at), i32.const(64))),
    ],
    i32.ltU(get(at), get(end)),
  ),
  f64.store(i32.const(sumAt), f64.add(f64x2.extractLane(get(sum), 0), f64x2.extractLane(get(sum), 1))),
  i32.shrU(i32.sub(get(out), i32.const(idsAt)), i32.const(2)),
];

/**
 * The module: a memory of 128 KiB, and `weigh(end, firstId, divisor, lowest, limit, magic)`, which goes over the
 * scores `x / divisor` in the first `end` bytes of the memory (16 scores at a time). It writes the ids, counted from
 * `firstId`, of those from `limit` up, returns how many there are, and stores the sum of the weights of all others,
 * `2^(127 + 12582912 - magic) · exp(max(score, lowest))`.
 */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const vectors = new Array<NumberType>(firstConstant + constants.length - divisors).fill('v128');
  return wasmModule(pages, [
    {
      name: 'weigh',
      parameters: ['i32', 'i32', 'f32', 'f32', 'f32', 'f32'],
      result: 'i32',
      locals: ['i32', 'i32', 'i32', ...vectors],
      body,
    },
  ]);
}
