import type { ProcessorContext, Tokenizer } from '@nexttoken/model';
import type { Processors } from '../next-token/next-token-table-data';

export interface AblationOptions {
  readonly processors: Processors;
  readonly context?: Partial<ProcessorContext> | undefined;
  readonly tokenizer?: Tokenizer | undefined;
  /** How many tokens each list names, an integer >= 0; default 10, most probable first. */
  readonly top?: number | undefined;
}

/** A token in a list of removed or rescued ones. */
export interface AblatedToken {
  readonly id: number;
  readonly token: string;
  /** Raw. */
  readonly probability: number;
}

/** One processor, looked at by itself. */
export interface AblatedStage {
  readonly name: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The raw row through this processor alone. */
  readonly alone: {
    readonly kept: number;
    readonly removed: number;
    /** Raw mass of what it removes. */
    readonly removedMass: number;
    /** Bits. */
    readonly entropy: number;
    readonly tokens: readonly AblatedToken[];
  };
  /** The chain without this processor. */
  readonly without: {
    readonly kept: number;
    readonly entropy: number;
    /** Jensen-Shannon divergence from the whole chain's result, in bits. 0: the processor changes nothing here. */
    readonly js: number;
    /** How many tokens come back: those that nobody else removes. */
    readonly rescued: number;
    readonly tokens: readonly AblatedToken[];
  };
}

/** What each processor of a chain does by itself, and what only it does. */
export interface ProcessorAblation {
  readonly stages: readonly AblatedStage[];
  /** Behind the whole chain. */
  readonly kept: number;
  readonly entropy: number;
}

/** One knob and where it has to be turned at least. */
export interface RescueChange {
  readonly stage: string;
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
}

/** What keeps a token in the race. */
export interface TokenRescue extends AblatedToken {
  /** The stage that removes it; absent for a token that is left anyway. */
  readonly removedBy?: string;
  /** The least change of each knob in its way, in the chain's order; empty for a token that is left anyway. */
  readonly changes: readonly RescueChange[];
  /** Whether these changes keep it. Not so where a stage without a closed form removes it, e.g. typical-p. */
  readonly rescued: boolean;
  /** Its share with the changes; 0 where it stays removed. */
  readonly share: number;
}
