import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { exponentials, maximum, reusable, topIndices } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { findCrossing } from '../mass/find-crossing';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { checkTies, type TiesOptions } from '../parameters/ties';
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
 * crosses stays, and so do all that tie with its s, unless `ties` says `cut`: then it goes on while
 * `Σ q <= p`, and of equal s the lower ids stay.
 *
 * @param p a number in (0, 1]; 1 is neutral
 * @param options `minTokensToKeep`: that many of the most typical (not the most likely) stay in any case;
 *   `ties`: `keep` (default, Hugging Face) or `cut` (llama.cpp)
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Cost: one softmax, and a sort of the tokens about as typical as the one that crosses.
 * Source: Meister et al., "Locally Typical Sampling", 2023; Hugging Face `TypicalLogitsWarper`;
 * llama.cpp `llama_sampler_init_typical` (which breaks on rows with removed tokens: its entropy is then NaN).
 */
export function typicalP(p: number, options: TruncationOptions & TiesOptions = {}): LogitsProcessor {
  if (typeof p !== 'number' || !(p > 0 && p <= 1)) {
    throw invalidParameter('typicalP', 'p', p, 'a number in (0, 1]');
  }
  const minTokensToKeep = minTokensToKeepOf('typicalP', options, 'ties');
  const ties = checkTies('typicalP', options);
  const isCut = ties.ties === 'cut';
  const mass = Math.fround(p);
  const isEnough = (sum: number) => (isCut ? Math.fround(sum) > mass : Math.fround(sum) >= mass);
  return builtIn({
    kind: 'processor',
    type: 'typicalP',
    parameters: { p, minTokensToKeep, ...ties },
    process(scores) {
      if (p === 1) return;
      const typicality = typicalityOf(scores);
      if (typicality === undefined) return;
      const { probabilities, deviations } = typicality;
      const order = { ranks: deviations, keys: deviations, masses: probabilities };
      const crossing = findCrossing(order, isEnough);
      if (crossing === undefined) return;
      const { members, position } = crossing;
      const limit = deviations[members[position]!]!;
      let equal = isCut ? 0 : scores.length;
      if (isCut) for (let i = 0; i <= position; i++) if (deviations[members[i]!] === limit) equal++;
      const remove = () => {
        for (let i = 0; i < scores.length; i++) {
          const deviation = deviations[i]!;
          if (deviation > limit || (deviation === limit && equal-- <= 0))
            scores[i] = Number.NEGATIVE_INFINITY;
        }
      };
      if (minTokensToKeep === 1) remove();
      else protecting(lowestIndices(deviations, minTokensToKeep), scores, remove);
    },
  });
}

function lowestIndices(values: Float32Array, count: number): Int32Array {
  return topIndices(
    values.map((value) => -value),
    count,
  );
}
