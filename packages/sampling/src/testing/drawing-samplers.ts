import type { Sampler } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import { adaptiveP } from '../samplers/adaptive-p';
import { categorical } from '../samplers/categorical';
import { gumbelMax } from '../samplers/gumbel-max';
import { mirostat } from '../samplers/mirostat';
import { mirostatV2 } from '../samplers/mirostat-v2';
import { chiSquare } from './chi-square';

const gone = Number.NEGATIVE_INFINITY;

/** Scores of a normal distribution. */
export function normalRow(size: number, sigma: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Float32Array.from({ length: size }, () => sigma * normal());
}

/** What is left of the softmax where only these tokens may be chosen. */
function among(row: Float32Array, allowed: (q: number, rank: number) => boolean): Float32Array {
  const q = softmax(row);
  const byRank = Array.from(q.keys()).sort((a, b) => q[b]! - q[a]! || a - b);
  const kept = row.map(() => gone);
  byRank.forEach((id, rank) => {
    if (allowed(q[id]!, rank)) kept[id] = row[id]!;
  });
  return softmax(kept);
}

/** Equation of the paper's Algorithm 1, on a full sort. */
function mirostatCount(row: Float32Array, mu: number): number {
  const sorted = Array.from(row)
    .filter((x) => x > gone)
    .sort((a, b) => b - a);
  let [products, squares] = [0, 0];
  for (let i = 0; i < Math.min(sorted.length, 100) - 1; i++) {
    const t = Math.log((i + 2) / (i + 1));
    products += t * (sorted[i]! - sorted[i + 1]!);
    squares += t * t;
  }
  const s = products / squares;
  const k = (((s - 1) * 2 ** mu) / (1 - row.length ** (1 - s))) ** (1 / s);
  return Number.isNaN(k) ? 1 : Math.max(Math.floor(k), 1);
}

/** llama.cpp's formula for adaptive-p at its first step, where the adapted target is the target. */
function adapted(row: Float32Array, target: number): Float32Array {
  const q = softmax(row);
  return softmax(
    row.map((score, id) => {
      const d = Math.abs(q[id]! - target) / 0.3;
      return score === gone ? gone : 5 - (10 * d * d) / (1 + d);
    }),
  );
}

/** Samplers that draw, each with a state and the distribution it should draw from in that state. */
export const drawingSamplers: readonly [Sampler, unknown, (row: Float32Array) => Float32Array][] = [
  [categorical(), undefined, (row) => softmax(row)],
  [gumbelMax(), undefined, (row) => softmax(row)],
  [mirostat(2), { mu: 3 }, (row) => among(row, (_, rank) => rank < mirostatCount(row, 3))],
  [mirostatV2(2), { mu: 4 }, (row) => among(row, (q, rank) => rank === 0 || -Math.log2(q) <= 4)],
  [adaptiveP(0.3), adaptiveP(0.3).initialState!(), (row) => adapted(row, 0.3)],
];

/** 100,000 draws, always from the same state, against the distribution they should have. */
export function testDraws(
  sampler: Sampler,
  state: unknown,
  row: Float32Array,
  probabilities: ArrayLike<number>,
) {
  const random = createRandom(2024);
  const counts = new Array<number>(row.length).fill(0);
  for (let i = 0; i < 100_000; i++) counts[sampler.sample(row, { random, row: 0 }, state as never).id]!++;
  return chiSquare(counts, probabilities);
}
