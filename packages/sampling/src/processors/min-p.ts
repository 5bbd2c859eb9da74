import type { LogitsProcessor } from '@nexttoken/model';
import { maximum, reusable, softmax, topIndices } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { checkProbability } from '../parameters/check-probability';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { protecting } from '../row/protecting';

const probabilityBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));

/** The rule to the letter: removes `q_i < p · max q`, all in float32. */
function removeByProbability(scores: Float32Array, p: number): void {
  const q = softmax(scores, probabilityBuffer(scores.length));
  const limit = Math.fround(Math.fround(p) * maximum(q));
  for (let i = 0; i < scores.length; i++) {
    if (q[i]! < limit) scores[i] = Number.NEGATIVE_INFINITY;
  }
}

/** Four roundings to float32 shift a logarithm by less than this. */
const uncertainty = 1e-6;

/** Below this, float32 probabilities near the limit could lose bits to subnormals. */
const smallestP = 1e-20;

/**
 * The same without exponentials, `x_i < max x + log p`, for rows where no token lies so near the limit
 * that rounding would decide.
 * @returns whether it did so; the row is untouched otherwise
 */
function removeByScore(scores: Float32Array, p: number): boolean {
  if (p < smallestP) return false;
  const largest = maximum(scores);
  const limit = Math.log(Math.fround(p));
  for (let i = 0; i < scores.length; i++) {
    // Also false for NaN, from a NaN score or from infinity minus infinity.
    if (!(Math.abs(scores[i]! - largest - limit) > uncertainty)) return false;
  }
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! - largest < limit) scores[i] = Number.NEGATIVE_INFINITY;
  }
  return true;
}

/**
 * Removes what is unlikely beside the best token: `q_i < p · max q` with `q = softmax(x)`.
 *
 * @param p a number in [0, 1]; 0 is neutral, 1 keeps the tokens that tie for the maximum
 * @param options `minTokensToKeep`: that many of the most likely stay in any case
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Cost: three passes without exponentials; a softmax where a token lies at the limit.
 * Source: Nguyen et al., "Turning Up the Heat: Min-p Sampling", 2024; Hugging Face `MinPLogitsWarper`.
 */
export function minP(p: number, options: TruncationOptions = {}): LogitsProcessor {
  checkProbability('minP', 'p', p);
  const minTokensToKeep = minTokensToKeepOf('minP', options);
  const remove = (scores: Float32Array) => {
    if (!removeByScore(scores, p)) removeByProbability(scores, p);
  };
  return builtIn({
    kind: 'processor',
    type: 'minP',
    parameters: { p, minTokensToKeep },
    process(scores) {
      if (p === 0) return;
      if (minTokensToKeep === 1) remove(scores);
      else protecting(topIndices(scores, minTokensToKeep), scores, () => remove(scores));
    },
  });
}
