import { hash } from '../kit/hash';

/** What attention needs of one past position. Never changed once made, so that rows can share it. */
export interface CachedPosition {
  readonly key: Float64Array;
  readonly value: Float64Array;
}

export interface ReferenceNetwork {
  /**
   * Reads one id after `past`.
   * @returns the new position's cache entry, its logits, `[vocabSize]`, what they are computed from: the
   *   embedding and the layer's output, `[width]` each, and the heads' weights, `[past.length + 1]` each
   */
  next(
    past: readonly CachedPosition[],
    id: number,
  ): {
    entry: CachedPosition;
    logits: Float32Array;
    hiddenStates: readonly Float64Array[];
    attention: readonly Float64Array[];
  };
  /** What turns the layer's output into logits, `[vocabSize, width]`. */
  readonly unembedding: readonly Float64Array[];
}

const width = 12;
const heads = 2;
const headWidth = width / heads;

/**
 * One layer of causal attention with two heads and seeded weights: h = E[id] + P[position];
 * q, k, v = tanh(W h); logits = U (h + 3 softmax(q·k / sqrt(head width)) v). It has learned nothing, but it is a
 * causal language model: every earlier id and its place change the answer.
 *
 * Cost: past.length · width operations a position; the same arithmetic however the text is cut.
 */
export function createReferenceNetwork(vocabSize: number, seed: number): ReferenceNetwork {
  let stream = 0;
  const matrix = (rows: number, scale: number) => {
    const s = hash(seed, stream++);
    return Array.from({ length: rows }, (_, r) =>
      Float64Array.from({ length: width }, (_, c) => scale * (hash(s, r * width + c) / 2 ** 31 - 1)),
    );
  };
  const embedding = matrix(vocabSize, 1);
  const [query, key, value] = [matrix(width, 1), matrix(width, 1), matrix(width, 1.5)];
  const unembedding = matrix(vocabSize, 2);

  return {
    next(past, id) {
      const hidden = embedding[id]!.map((x, i) => x + Math.sin((past.length + 1) / 1.7 ** (i + 1)));
      const entry = { key: project(key, hidden), value: project(value, hidden) };
      const { mixed, attention } = attend(project(query, hidden), [...past, entry]);
      const sum = hidden.map((x, i) => x + 3 * mixed[i]!);
      const logits = Float32Array.from(unembedding, (row) => dot(row, sum));
      return { entry, logits, hiddenStates: [hidden, sum], attention };
    },
    unembedding,
  };
}

function project(weights: readonly Float64Array[], x: Float64Array): Float64Array {
  return Float64Array.from(weights, (row) => Math.tanh(dot(row, x)));
}

function attend(query: Float64Array, positions: readonly CachedPosition[]) {
  const mixed = new Float64Array(width);
  const attention = Array.from({ length: heads }, (_, head) => {
    const [start, end] = [head * headWidth, (head + 1) * headWidth];
    const own = query.subarray(start, end);
    const scores = positions.map(({ key }) =>
      Math.exp(dot(own, key.subarray(start, end)) / Math.sqrt(headWidth)),
    );
    const total = scores.reduce((sum, score) => sum + score, 0);
    const weights = Float64Array.from(scores, (score) => score / total);
    positions.forEach(({ value }, p) => {
      for (let i = start; i < end; i++) mixed[i]! += weights[p]! * value[i]!;
    });
    return weights;
  });
  return { mixed, attention };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
