import { logSumExp } from '@nexttoken/numeric';

/** How two distributions over one vocabulary differ, in bits. */
export interface RowDivergence {
  /** `KL(a ‖ b)`; Infinity where b rules out what a allows. */
  readonly kl: number;
  readonly reverseKl: number;
  /** Jensen-Shannon divergence, in [0, 1]. */
  readonly js: number;
  /** `Σ |a − b| / 2`, in [0, 1]. */
  readonly moved: number;
}

/** `p · log2(p / q)`, 0 for p = 0. `log p` and `log q` in nats. */
const term = (p: number, logP: number, logQ: number): number =>
  p === 0 ? 0 : (p * (logP - logQ)) / Math.LN2;

/**
 * The divergences of `softmax(a)` and `softmax(b)`, in float64 and one pass; rounding never makes them negative.
 * @param a scores, shape `[vocabSize]`; at least one is finite, as of `b`
 */
export function rowDivergence(a: Float32Array, b: Float32Array): RowDivergence {
  const totalA = logSumExp(a);
  const totalB = logSumExp(b);
  let kl = 0;
  let reverseKl = 0;
  let js = 0;
  let moved = 0;
  for (let id = 0; id < a.length; id++) {
    const logP = a[id]! - totalA;
    const logQ = b[id]! - totalB;
    if (logP === logQ) continue;
    const p = Math.exp(logP);
    const q = Math.exp(logQ);
    kl += term(p, logP, logQ);
    reverseKl += term(q, logQ, logP);
    const logM = Math.log((p + q) / 2);
    js += (term(p, logP, logM) + term(q, logQ, logM)) / 2;
    moved += Math.abs(p - q) / 2;
  }
  const proper = (value: number): number => Math.max(0, value);
  return {
    kl: proper(kl),
    reverseKl: proper(reverseKl),
    js: Math.min(1, proper(js)),
    moved: Math.min(1, moved),
  };
}
