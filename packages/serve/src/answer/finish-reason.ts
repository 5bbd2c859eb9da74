import type { FinishReason } from '@nexttoken/model';

const limits: ReadonlySet<FinishReason> = new Set<FinishReason>([
  'max-new-tokens',
  'max-length',
  'max-time',
  'context-length',
]);

/** The reason in OpenAI's two words; `null` while the text goes on. */
export const openAIReason = (reason: FinishReason | undefined): 'stop' | 'length' | null =>
  reason === undefined ? null : limits.has(reason) ? 'length' : 'stop';
