import type { Tokenizer } from '@nexttoken/model';
import { entropy, logSumExp, topIndices } from '@nexttoken/numeric';
import { checkRow } from '../next-token/check-row';
import { displayToken } from '../token/display-token';
import { rankOf } from '../token/rank-of';

/** A token that could have stood at a position. */
export interface Alternative {
  readonly id: number;
  readonly token: string;
  readonly logit: number;
  readonly probability: number;
}

/** What the logits before a token say about it. */
export interface Prediction {
  readonly logit: number;
  /** Softmax of the raw logits. */
  readonly probability: number;
  /** 1: the model would have chosen it; of equal logits the lower id comes first. */
  readonly rank: number;
  /** -log2 of the probability, in bits. */
  readonly surprisal: number;
  /** Entropy of the whole distribution, in bits: the surprisal to be expected. */
  readonly entropy: number;
  /** The best tokens, best first (the one that stands there may be among them). */
  readonly alternatives: readonly Alternative[];
}

/** Looks an id up in the row of logits that predicts it. */
export function readPrediction(
  logits: Float32Array,
  id: number,
  top: number,
  tokenizer: Tokenizer | undefined,
): Prediction {
  checkRow('positionTable', logits);
  const logTotal = logSumExp(logits);
  const logit = logits[id]!;
  return {
    logit,
    probability: Math.exp(logit - logTotal),
    rank: rankOf(logits, id),
    surprisal: (logTotal - logit) / Math.LN2,
    entropy: entropy(logits) / Math.LN2,
    alternatives: Array.from(topIndices(logits, top), (other) => ({
      id: other,
      token: displayToken(tokenizer, other),
      logit: logits[other]!,
      probability: Math.exp(logits[other]! - logTotal),
    })),
  };
}
