import type { LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { checkCutoff } from '../parameters/check-cutoff';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { distributionOf } from '../row/distribution-of';
import { removeBelowProbability } from '../row/remove-below-probability';

/**
 * Removes what is less probable than a fixed limit: `q_i < ε` with `q = softmax(x)`. The most likely token
 * stays in any case, and all that tie with it.
 *
 * @param epsilon a number in [0, 1); 0 is neutral. The paper uses 3e-4 to 9e-4
 * @param options `minTokensToKeep`: that many of the highest scores stay, and what ties with the last of them
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * Cost: one exponential a candidate, three passes.
 * Source: Hewitt, Manning, Liang, "Truncation Sampling as Language Model Desmoothing", 2022; Hugging Face
 * `EpsilonLogitsWarper`.
 */
export function epsilonCutoff(epsilon: number, options: TruncationOptions = {}): LogitsProcessor {
  checkCutoff('epsilonCutoff', 'epsilon', epsilon);
  const minTokensToKeep = minTokensToKeepOf('epsilonCutoff', options);
  const limit = Math.fround(epsilon);
  return builtIn({
    kind: 'processor',
    type: 'epsilonCutoff',
    parameters: { epsilon, minTokensToKeep },
    process(scores) {
      if (epsilon === 0) return;
      const distribution = distributionOf(scores);
      if (distribution === undefined) return;
      removeBelowProbability(scores, distribution, limit, minTokensToKeep);
    },
  });
}
