import type { Random, SampleResult } from '@nexttoken/model';
import { firstBeyond } from './first-beyond';

/** What mirostat carries from step to step, as a value. */
export interface MirostatState {
  /** The highest surprise a token may have, in bits. */
  readonly mu: number;
}

/** Draws by the weights (total `kept`) and moves μ against the difference between surprise and τ. */
export function drawWithFeedback(
  weights: Float64Array,
  kept: number,
  random: Random,
  { mu, tau, eta }: { readonly mu: number; readonly tau: number; readonly eta: number },
): SampleResult<MirostatState> {
  const draw = random.next();
  const id = firstBeyond(draw * kept, weights);
  const surprise = Math.log2(kept / weights[id]!);
  return { id, draw, state: { mu: mu - eta * (surprise - tau) } };
}
