import { checkOptionNames, invalidParameter, type Sampler } from '@nexttoken/model';
import { exponentials, maximum, reusable } from '@nexttoken/numeric';
import { checkProbability } from '../parameters/check-probability';
import { candidateWeights } from './candidate-weights';
import { firstBeyond } from './first-beyond';

export interface AdaptivePOptions {
  /** How long what was drawn is remembered, in [0, 0.99]: about 1 / (1 - decay) tokens; default 0.9. */
  readonly decay?: number;
}

/** A decaying sum over the tokens drawn, as a value. */
export interface AdaptivePState {
  /** `Σ q · decay^age`, q being what the model gave the token. */
  readonly weightedSum: number;
  /** `Σ decay^age`. */
  readonly totalWeight: number;
}

const width = 0.3;
const sharpness = 10;

const logitBuffer = /* @__PURE__ */ reusable((length) => new Float32Array(length));
const weightBuffer = /* @__PURE__ */ reusable((length) => new Float64Array(length));

const clamp = (value: number): number => Math.min(Math.max(value, 0), 1);

/**
 * Adaptive-p: prefers tokens whose probability is near a target, neither the likeliest nor the unlikely ones:
 * draws from the softmax of `-10 d² / (1 + d)`, `d = |q_i - target'| / 0.3`, `q = softmax(x)`. The target
 * adapts: `target' = 2 target - (decaying mean of q of the tokens drawn)`, clamped to [0, 1].
 *
 * @param target the probability aimed at, in [0, 1]
 * @param options `decay`
 * @returns a sampler with the state `{ weightedSum, totalWeight }` (it begins as if the target had always
 *   been met), whose results carry `draw` (the uniform number; ids in ascending order, as in `categorical`)
 *   and the next state. It throws NextTokenError `no-candidates` and `invalid-scores` before anything is
 *   drawn. Cost: two exponentials for each candidate.
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * A token of probability 0 keeps some weight: remove the unlikely ones before it (min-p).
 * Source: llama.cpp `llama_sampler_init_adaptive_p`, pull request 17927 (there a negative target draws from
 * the row as it is: the sampler `categorical()` here).
 */
export function adaptiveP(target: number, options: AdaptivePOptions = {}): Sampler<AdaptivePState> {
  checkProbability('adaptiveP', 'target', target);
  checkOptionNames('adaptiveP', options, ['decay']);
  const { decay = 0.9 } = options;
  if (typeof decay !== 'number' || !(decay >= 0 && decay <= 0.99)) {
    throw invalidParameter('adaptiveP', 'decay', decay, 'a number in [0, 0.99]');
  }
  return {
    kind: 'sampler',
    type: 'adaptiveP',
    parameters: { target, decay },
    initialState: () => ({ weightedSum: target / (1 - decay), totalWeight: 1 / (1 - decay) }),
    sample(scores, { random, row }, { weightedSum, totalWeight }) {
      const { weights, total } = candidateWeights('adaptiveP', scores, row);
      const adapted = clamp(2 * target - weightedSum / totalWeight);
      const logits = logitBuffer(scores.length);
      const adaptedWeights = weightBuffer(scores.length);
      for (let i = 0; i < logits.length; i++) {
        const distance = Math.abs(weights[i]! / total - adapted) / width;
        const isCandidate = scores[i]! > Number.NEGATIVE_INFINITY;
        logits[i] = isCandidate
          ? (-sharpness * distance * distance) / (1 + distance)
          : Number.NEGATIVE_INFINITY;
      }
      const adaptedTotal = exponentials(logits, maximum(logits), adaptedWeights);
      const draw = random.next();
      const id = firstBeyond(draw * adaptedTotal, adaptedWeights);
      const state = {
        weightedSum: weights[id]! / total + decay * weightedSum,
        totalWeight: 1 + decay * totalWeight,
      };
      return { id, draw, state };
    },
  };
}
