import type { FinishReason } from '@nexttoken/model';
import type { TokenLogprobs } from '../answer/token-logprobs';

/** One chosen token, as the trace tells it. */
export interface TraceStep {
  readonly step: number;
  readonly id: number;
  readonly token: string;
  readonly logit: number;
  readonly probability: number;
  readonly score: number;
  readonly share: number;
  readonly draw?: number;
  readonly stages?: readonly unknown[];
}

/** One chosen token, with what was asked for. */
export interface ChoiceStep {
  readonly id: number;
  /** Characters of the choice's text that were certain before it. */
  readonly offset: number;
  readonly logprobs?: TokenLogprobs;
  readonly trace?: TraceStep;
}

/** More of one choice: new text, the tokens since the last part, and how it ended. */
export interface ChoicePart {
  readonly index: number;
  readonly text: string;
  readonly steps: readonly ChoiceStep[];
  readonly finish?: FinishReason;
  /** All tokens of the choice; present with `finish`. */
  readonly newTokens?: number;
}
