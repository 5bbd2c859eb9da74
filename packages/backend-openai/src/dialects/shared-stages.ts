import type { StageFields } from './dialect';

const whole = { minTokensToKeep: 1 };

/** Stages that servers have under the same names. */
export const sharedStages = {
  temperature: { parameters: { temperature: 'temperature' } },
  topK: { parameters: { k: 'top_k' }, fixed: whole },
  topP: { parameters: { p: 'top_p' }, fixed: whole },
  minP: { parameters: { p: 'min_p' }, fixed: whole },
  logitBias: { parameters: { biases: 'logit_bias' }, form: 'map' },
  /** OpenAI's penalties count what was generated. */
  frequencyPenalty: { parameters: { penalty: 'frequency_penalty' }, fixed: { includePrompt: false } },
  presencePenalty: { parameters: { penalty: 'presence_penalty' }, fixed: { includePrompt: false } },
} as const satisfies Readonly<Record<string, StageFields>>;

/** A plain draw, and the best token by temperature 0. */
export const sharedSamplers = {
  categorical: { parameters: {} },
  greedy: { parameters: {}, fields: { temperature: 0 } },
} as const satisfies Readonly<Record<string, StageFields>>;
