import type { LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { checkCutoff } from '../parameters/check-cutoff';
import { minTokensToKeepOf, type TruncationOptions } from '../parameters/min-tokens-to-keep';
import { distributionOf } from '../row/distribution-of';
import { removeBelowProbability } from '../row/remove-below-probability';

/**
 * Removes what is less probable than a limit that falls with the entropy H of the row:
 * `q_i < min(ε, √ε · exp(-H))` with `q = softmax(x)`. Where the model is unsure, less probable tokens stay.
 * The most likely token stays in any case, and all that tie with it.
 *
 * @param epsilon a number in [0, 1); 0 is neutral. The paper uses 3e-4 to 4e-3
 * @param options `minTokensToKeep`: that many of the highest scores stay, and what ties with the last of them
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is (samplers refuse it).
 * H is summed in float64, the limit is computed in float32. Cost: one exponential a candidate, three passes.
 * Source: Hewitt, Manning, Liang, "Truncation Sampling as Language Model Desmoothing", 2022; Hugging Face
 * `EtaLogitsWarper`.
 */
export function etaCutoff(epsilon: number, options: TruncationOptions = {}): LogitsProcessor {
  checkCutoff('etaCutoff', 'epsilon', epsilon);
  const minTokensToKeep = minTokensToKeepOf('etaCutoff', options);
  const fixed = Math.fround(epsilon);
  const root = Math.fround(Math.sqrt(fixed));
  return builtIn({
    kind: 'processor',
    type: 'etaCutoff',
    parameters: { epsilon, minTokensToKeep },
    process(scores) {
      if (epsilon === 0) return;
      const distribution = distributionOf(scores);
      if (distribution === undefined) return;
      const entropy = Math.fround(distribution.entropy);
      const limit = Math.min(fixed, Math.fround(root * Math.fround(Math.exp(-entropy))));
      removeBelowProbability(scores, distribution, limit, minTokensToKeep);
    },
  });
}
