import type { ConstraintTrace } from '@nexttoken/generate';
import type { FinishReason, StepEvent, Tokenizer } from '@nexttoken/model';
import type { Prompt } from '../prompt/read-prompt';
import { constraintData } from './constraint-data';
import { tokenName } from './token-name';

/** What `generate --json` prints; documented in the README and kept stable. */
export interface GenerationResult {
  readonly prompt_ids: readonly number[];
  /** The new ones only. */
  readonly ids: readonly number[];
  readonly text: string;
  readonly finish_reason: FinishReason;
  /** `null` when nothing was drawn. */
  readonly seed: number | null;
  readonly steps: readonly {
    readonly id: number;
    readonly token: string;
    readonly logit: number;
    readonly probability: number;
    readonly score: number;
    readonly share: number;
    /** With a grammar: the rule in force, and how hard it forced. */
    readonly constraint?: ReturnType<typeof constraintData>;
  }[];
}

export function generationStep(
  event: StepEvent & { readonly constraints?: readonly ConstraintTrace[] },
  tokenizer: Tokenizer,
): GenerationResult['steps'][number] {
  const { id, logit, probability, score, share, constraints: [constraint] = [] } = event;
  const token = tokenName(tokenizer, id);
  return {
    ...{ id, token, logit, probability, score, share },
    ...(constraint && { constraint: constraintData(constraint) }),
  };
}

/** What there is when the command was stopped before the model ran: a text's ids are not known then. */
export function emptyResult(prompt: Prompt, seed: number | undefined): GenerationResult {
  const promptIds = 'ids' in prompt ? prompt.ids : [];
  return {
    prompt_ids: promptIds,
    ids: [],
    text: '',
    finish_reason: 'aborted',
    seed: seed ?? null,
    steps: [],
  };
}
