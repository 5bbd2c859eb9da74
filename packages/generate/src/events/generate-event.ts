import type { FinishEvent, PrefillEvent, StepCapture, StepEvent, TextEvent } from '@nexttoken/model';
import type { ChainTrace } from '@nexttoken/sampling';

/** What each step of `generate` may carry; what is not asked for is neither made nor present in the types. */
export interface GenerateCapture extends StepCapture {
  /** What each processor did to the row, as `traceChain` tells it. */
  readonly trace?: boolean;
}

/** What `trace: true` adds to a step. */
type Traced<Capture extends GenerateCapture> = Capture['trace'] extends true
  ? {
      /**
       * Stage by stage: tokens kept, mass removed, entropies, where it cut; for every token which stage removed it.
       * A stage's path begins with its index in `processors`. End tokens that `minNewTokens` keeps away come in removed.
       */
      readonly trace: ChainTrace;
    }
  : unknown;

/** One token was chosen, with what was captured of the choice. */
export type GenerateStep<Capture extends GenerateCapture = GenerateCapture> = StepEvent<Capture> &
  Traced<Capture>;

/** What `generate` reports. */
export type GenerateEvent<Capture extends GenerateCapture = GenerateCapture> =
  | PrefillEvent
  | GenerateStep<Capture>
  | TextEvent
  | FinishEvent;
