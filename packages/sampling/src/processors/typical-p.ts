import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { exponentials, maximum, reusable, topIndices } from '@nexttoken/numeric';
import { findCrossing } from '../mass/find-crossing';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { protecting } from '../row/protecting';

const weightBuffer = /* @__PURE__ */ reusable((length) => new Float64Array(length));
const probabilityBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));
const deviationBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));

interface Typicality {
  /** `softmax(x)`, shape `[vocabSize]`. */
  readonly probabilities: Float32Array;
  /** `|-log q_i - H|`: how far a token's surprise is from the expected one; +Infinity for removed ones. */
  readonly deviations: Float32Array;
}

/** @returns undefined for a row without a distribution: all removed, NaN or +Infinity */
function typicalityOf(scores: Float32Array): Typicality | undefined {
  const size = scores.length;
  const shift = maximum(scores);
  const weights = weightBuffer(size);
  const total = exponentials(scores, shift, weights);
  if (!(total > 0)) return undefined;

  const logTotal = Math.log(total);
  const probabilities = probabilityBuffer(size);
  const deviations = deviationBuffer(size);
  let entropy = 0;
  for (let i = 0; i < size; i++) {
    const surprise = Math.fround(logTotal - (scores[i]! - shift));
    probabilities[i] = weights[i]! / total;
    deviations[i] = surprise;
    if (surprise < Number.POSITIVE_INFINITY) entropy += Math.fround(surprise * probabilities[i]!);
  }
  const expected = Math.fround(entropy);
  for (let i = 0; i < size; i++) deviations[i] = Math.abs(Math.fround(deviations[i]! - expected));
  return { probabilities, deviations };
}

/**
 * Locally typical sampling: keeps the tokens whose surprise is nearest to the entropy, until their
 * probabilities sum to p: `s_i = |-log q_i - H|`, in ascending order of s while `Σ q < p`. The token that
 * crosses stays, and so do all that tie with its s.
 *
 * @param p a number in (0, 1]; 1 is neutral
 * @param options `minTokensToKeep`: that many of the most typical (not the most likely) stay in any case
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Cost: one softmax, and a sort of the tokens about as typical as the one that crosses.
 * Source: Meister et al., "Locally Typical Sampling", 2023; Hugging Face `TypicalLogitsWarper`.
 */
export function typicalP(p: number, options: TruncationOptions = {}): LogitsProcessor {
  if (typeof p !== 'number' || !(p > 0 && p <= 1)) {
    throw invalidParameter('typicalP', 'p', p, 'a number in (0, 1]');
  }
  const minTokensToKeep = minTokensToKeepOf('typicalP', options);
  const mass = Math.fround(p);
  const isEnough = (sum: number) => Math.fround(sum) >= mass;
  return {
    kind: 'processor',
    type: 'typicalP',
    parameters: { p, minTokensToKeep },
    process(scores) {
      if (p === 1) return;
      const typicality = typicalityOf(scores);
      if (typicality === undefined) return;
      const { probabilities, deviations } = typicality;
      const order = { ranks: deviations, keys: deviations, masses: probabilities };
      const crossing = findCrossing(order, isEnough);
      if (crossing === undefined) return;
      const limit = deviations[crossing.members[crossing.position]!]!;
      const remove = () => {
        for (let i = 0; i < scores.length; i++) {
          if (deviations[i]! > limit) scores[i] = Number.NEGATIVE_INFINITY;
        }
      };
      if (minTokensToKeep === 1) remove();
      else protecting(lowestIndices(deviations, minTokensToKeep), scores, remove);
    },
  };
}

function lowestIndices(values: Float32Array, count: number): Int32Array {
  return topIndices(
    values.map((value) => -value),
    count,
  );
}
