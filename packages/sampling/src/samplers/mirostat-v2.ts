import { checkOptionNames, type Sampler } from '@nexttoken/model';
import { argmax } from '@nexttoken/numeric';
import { checkFinite } from '../parameters/check-finite';
import { checkPositive } from '../parameters/check-positive';
import { candidateWeights } from './candidate-weights';
import { drawWithFeedback, type MirostatState } from './mirostat-state';

export interface MirostatV2Options {
  /** How fast the limit follows the error (η); a finite number >= 0, default 0.1. 0 keeps the limit fixed. */
  readonly eta?: number;
}

/**
 * Mirostat 2: draws from the tokens whose surprise is at most μ, `-log2 q_i <= μ` with `q = softmax(x)` (the
 * likeliest token where none is), and moves μ so that the surprise of what is drawn comes to τ:
 * `μ ← μ - η (-log2 p - τ)`, p being the drawn token's probability among those left. μ begins at 2 τ.
 *
 * @param tau the surprise aimed at, in bits; a finite number > 0, llama.cpp's default is 5
 * @param options `eta`
 * @returns a sampler with the state `{ mu }`, whose results carry `draw` (the uniform number; ids in
 *   ascending order, as in `categorical`) and the next state. It throws NextTokenError `no-candidates` and
 *   `invalid-scores` before anything is drawn. Cost: one exponential for each candidate, no sort.
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * It truncates by itself: put nothing but a temperature before it.
 * Source: Basu et al., "Mirostat", 2021; llama.cpp `llama_sampler_init_mirostat_v2` (the paper's own code
 * takes p before truncation).
 */
export function mirostatV2(tau: number, options: MirostatV2Options = {}): Sampler<MirostatState> {
  checkPositive('mirostatV2', 'tau', tau);
  checkOptionNames('mirostatV2', options, ['eta']);
  const { eta = 0.1 } = options;
  checkFinite('mirostatV2', 'eta', eta, 0);
  return {
    kind: 'sampler',
    type: 'mirostatV2',
    parameters: { tau, eta },
    initialState: () => ({ mu: 2 * tau }),
    sample(scores, { random, row }, { mu }) {
      const { weights, total } = candidateWeights('mirostatV2', scores, row);
      const best = argmax(scores);
      const lowest = Math.min(total * 2 ** -mu, weights[best]!);
      let kept = 0;
      for (let i = 0; i < weights.length; i++) {
        if (weights[i]! < lowest) weights[i] = 0;
        else kept += weights[i]!;
      }
      return drawWithFeedback(weights, kept, random, { mu, tau, eta });
    },
  };
}
