import type { ProcessorContext, Tokenizer } from '@nexttoken/model';
import type { Processors, TracedStage } from '../next-token/next-token-table-data';

/** One way to put the processors in order. */
export interface NamedOrder {
  readonly name: string;
  readonly processors: Processors;
}

export interface OrderLabOptions {
  readonly context?: Partial<ProcessorContext> | undefined;
  readonly tokenizer?: Tokenizer | undefined;
  /** How many of the differing tokens are told in full, an integer >= 0; default 20, most probable first. */
  readonly top?: number | undefined;
}

/** What one order makes of the row. */
export interface OrderResult {
  readonly name: string;
  readonly stages: readonly TracedStage[];
  readonly kept: number;
  /** Bits. */
  readonly entropy: number;
  /** The token with the greatest share. */
  readonly best: { readonly id: number; readonly token: string; readonly share: number };
}

/** A token that one order leaves and the other removes. */
export interface OrderDifference {
  readonly id: number;
  readonly token: string;
  /** Raw. */
  readonly probability: number;
  /** After each order; 0 where it was removed. */
  readonly shares: readonly [a: number, b: number];
  /** The stage that removed it, in the order that did. */
  readonly removedBy: string;
  /** 0: the first order removed it, 1: the second. */
  readonly removedIn: 0 | 1;
  /** Stages that ran before that one in its order, and do not in the other: what made the difference. */
  readonly because: readonly string[];
  /** Bits of entropy that this stage saw in its order, and in the other one; absent where the other lacks it. */
  readonly saw?: readonly [here: number, there: number];
  /** All of it as a sentence. */
  readonly why: string;
}

/** The same processors in two orders, on one row. */
export interface OrderLab {
  readonly orders: readonly [a: OrderResult, b: OrderResult];
  /** Jensen-Shannon divergence of the two results in bits, in [0, 1]. */
  readonly js: number;
  /** `KL(a ‖ b)` and `KL(b ‖ a)` in bits; Infinity where one removes what the other leaves. */
  readonly kl: number;
  readonly reverseKl: number;
  /** `Σ |a − b| / 2`. */
  readonly moved: number;
  /** How many tokens only one of them leaves. */
  readonly differing: readonly [onlyA: number, onlyB: number];
  readonly differences: readonly OrderDifference[];
}
