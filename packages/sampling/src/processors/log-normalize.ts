import type { LogitsProcessor } from '@nexttoken/model';
import { logSoftmax } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';

/**
 * Turns scores into log-probabilities: `x_i ← x_i - log Σ exp(x_j)`, in nats. The distribution does not
 * change; scores of different rows (beams) become comparable. Removed tokens stay removed.
 *
 * It takes no parameter. A row with NaN or +Infinity becomes all NaN. Cost: one softmax.
 * Source: Hugging Face `LogitNormalization`.
 */
export function logNormalize(): LogitsProcessor {
  return builtIn({
    kind: 'processor',
    type: 'logNormalize',
    parameters: {},
    process: (scores) => void logSoftmax(scores, scores),
  });
}
