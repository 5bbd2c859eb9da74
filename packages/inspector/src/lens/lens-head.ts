import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { LensHead } from './lens-data';

/** What {@link lensHead} takes: a final norm and an output layer. */
export interface LensHeadParts {
  /** Output layer (for tied weights the embedding), shape `[vocabSize, width]`, row-major. */
  readonly output: Float32Array;
  readonly vocabSize: number;
  readonly width: number;
  /** `rms`: `x / sqrt(mean(x²) + ε) · w`; `layer`: `(x − mean) / sqrt(variance + ε) · w + b`. */
  readonly norm: 'rms' | 'layer';
  /** Shape `[width]`. */
  readonly normWeight: Float32Array;
  /** Shape `[width]`; only of a `layer` norm. */
  readonly normBias?: Float32Array | undefined;
  readonly normEpsilon: number;
  /** Added to `normWeight`; neutral 0. */
  readonly normOffset?: number | undefined;
  /** Logits become `c · tanh(logit / c)`; `null` (default): they do not. */
  readonly softcap?: number | null | undefined;
}

const owner = 'lensHead';
const names: readonly string[] = Object.keys({
  output: 0,
  vocabSize: 0,
  width: 0,
  norm: 0,
  normWeight: 0,
  normBias: 0,
  normEpsilon: 0,
  normOffset: 0,
  softcap: 0,
} satisfies Record<keyof LensHeadParts, 0>);

function check({ output, vocabSize, width, norm, normWeight, normBias, normEpsilon }: LensHeadParts): void {
  for (const [name, value] of Object.entries({ vocabSize, width })) {
    if (!Number.isInteger(value) || value < 1) throw invalidParameter(owner, name, value, 'an integer >= 1');
  }
  if (norm !== 'rms' && norm !== 'layer') throw invalidParameter(owner, 'norm', norm, '"rms" or "layer"');
  if (!(normEpsilon >= 0)) throw invalidParameter(owner, 'normEpsilon', normEpsilon, 'a number >= 0');
  const lengths = { output: vocabSize * width, normWeight: width, ...(normBias && { normBias: width }) };
  for (const [name, length] of Object.entries(lengths)) {
    const array = { output, normWeight, normBias }[name];
    if (array instanceof Float32Array && array.length === length) continue;
    throw invalidParameter(owner, name, array?.length, `a Float32Array of ${length} numbers`);
  }
  if (normBias && norm === 'rms')
    throw invalidParameter(owner, 'normBias', 'given', 'left out for an rms norm');
}

function normed(x: Float64Array, parts: LensHeadParts): void {
  const { width, norm, normWeight, normBias, normEpsilon, normOffset = 0 } = parts;
  let mean = 0;
  if (norm === 'layer') {
    for (const value of x) mean += value;
    mean /= width;
  }
  let squares = 0;
  for (const value of x) squares += (value - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / width + normEpsilon);
  for (let i = 0; i < width; i++) {
    x[i] = (x[i]! - mean) * scale * (normWeight[i]! + normOffset) + (normBias?.[i] ?? 0);
  }
}

/** Four products of one row of the matrix at a time: it is read once for all of them. */
function multiply(
  rows: readonly Float64Array[],
  { output, vocabSize, width }: LensHeadParts,
  out: Float32Array,
): void {
  for (let first = 0; first < rows.length; first += 4) {
    const [a, b = a, c = a, d = a] = rows.slice(first, first + 4) as [Float64Array, ...Float64Array[]];
    const count = Math.min(4, rows.length - first);
    for (let id = 0; id < vocabSize; id++) {
      const begin = id * width;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < width; i++) {
        const weight = output[begin + i]!;
        s0 += weight * a[i]!;
        s1 += weight * b[i]!;
        s2 += weight * c[i]!;
        s3 += weight * d[i]!;
      }
      out[first * vocabSize + id] = s0;
      if (count > 1) out[(first + 1) * vocabSize + id] = s1;
      if (count > 2) out[(first + 2) * vocabSize + id] = s2;
      if (count > 3) out[(first + 3) * vocabSize + id] = s3;
    }
  }
}

/**
 * The end of a model as a function: `logits = cap(output · norm(x))`, in float64, rounded once.
 *
 * @param parts the weights; they are kept, not copied
 * @throws NextTokenError `invalid-parameter` for sizes that do not fit, `unsupported-option`; of `project`:
 *   `invalid-parameter` for hidden states of another width
 */
export function lensHead(parts: LensHeadParts): LensHead {
  checkOptionNames(owner, parts, names);
  check(parts);
  const { vocabSize, width, softcap = null } = parts;
  return {
    vocabSize,
    width,
    project(hidden, norm) {
      if (hidden.length % width !== 0) {
        throw invalidParameter('LensHead.project', 'hidden', hidden.length, `rows of ${width} numbers`);
      }
      const rows = Array.from({ length: hidden.length / width }, (_, row) => {
        const x = Float64Array.from(hidden.subarray(row * width, (row + 1) * width));
        if (norm) normed(x, parts);
        return x;
      });
      const logits = new Float32Array(rows.length * vocabSize);
      multiply(rows, parts, logits);
      if (softcap !== null) {
        for (let i = 0; i < logits.length; i++) logits[i] = softcap * Math.tanh(logits[i]! / softcap);
      }
      return logits;
    },
  };
}
