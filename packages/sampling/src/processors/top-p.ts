import type { LogitsProcessor } from '@nexttoken/model';
import { reusable, softmax, topIndices } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { findCrossing } from '../mass/find-crossing';
import { removeBefore } from '../mass/remove-before';
import { checkProbability } from '../parameters/check-probability';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { protecting } from '../row/protecting';

const probabilityBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));

/**
 * Nucleus sampling: keeps the fewest most likely tokens whose probabilities sum to at least p. Counted
 * from the least likely token up: removes while `Σ q <= 1 - p`, with `q = softmax(x)` of the row as it
 * comes in. The token that crosses stays; among equal scores the lower ids stay.
 *
 * @param p a number in [0, 1]; 1 is neutral (and removes nothing at all), 0 keeps `minTokensToKeep`
 * @param options `minTokensToKeep`: that many of the most likely stay in any case
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Probabilities are float64 rounded to float32, the sum is float64, both sides are compared in float32.
 * Cost: one softmax, and a sort of the tokens about as likely as the one that crosses.
 * Source: Holtzman et al., "The Curious Case of Neural Text Degeneration", 2020; Hugging Face `TopPLogitsWarper`.
 */
export function topP(p: number, options: TruncationOptions = {}): LogitsProcessor {
  checkProbability('topP', 'p', p);
  const minTokensToKeep = minTokensToKeepOf('topP', options);
  const removedMass = Math.fround(1 - p);
  const isKept = (sum: number) => Math.fround(sum) > removedMass;
  return builtIn({
    kind: 'processor',
    type: 'topP',
    parameters: { p, minTokensToKeep },
    process(scores) {
      if (p === 1) return;
      const q = softmax(scores, probabilityBuffer(scores.length));
      if (Number.isNaN(q[0])) return;
      const crossing = findCrossing({ ranks: scores, keys: q, masses: q }, isKept);
      if (crossing !== undefined && minTokensToKeep === 1) {
        removeBefore(crossing, q, scores);
        return;
      }
      protecting(topIndices(scores, minTokensToKeep), scores, () => {
        if (crossing === undefined) scores.fill(Number.NEGATIVE_INFINITY);
        else removeBefore(crossing, q, scores);
      });
    },
  });
}
